using CordisPulse.Core.Accounts;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Mailings;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Tests.Mailings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Tests.Mail.Received;

/// <summary>One message as a mail server took it.</summary>
/// <param name="What">Which of our mails it is.</param>
/// <param name="Person">Of the list; null for staff and test sends.</param>
internal sealed record Specimen(MailSort What, Reader? Person, ReceivedMessage Received)
{
    public RawMessage Raw { get; } = RawMessage.Read(Received.Raw);

    public string Html => Received.Message.HtmlBody!;

    public string PlainText => Received.Message.TextBody!;

    /// <summary>Only an address that ASCII can't write makes UTF-8 of headers (RFC 6532).</summary>
    public bool IsInternational => Received.MailParameters.Contains("SMTPUTF8", StringComparison.Ordinal);

    public override string ToString() => $"{What} to {Person?.Address ?? Received.Recipient}";
}

internal enum MailSort
{
    Edition,
    Test,
    Confirmation,
    AlreadySubscribed,
    UnsubscribeLink,
    OwnDataLink,
    NewAddress,
    StillWanted,
    Staff,
}

/// <param name="Name">As the list has it.</param>
/// <param name="Shown">As a mail program is to show it.</param>
internal sealed record Reader(string? Name, string Shown, string Address = "")
{
    public Reader(string name) : this(name, name)
    {
    }

    public string Token { get; init; } = "";
}

/// <summary>
/// A mailing of a sample edition, and one of each other mail that we send, to people of all names, signed with both keys, as a mail server
/// received them.
/// </summary>
public sealed class ReceivedMailFixture : IAsyncLifetime
{
    internal const string Domain = "sender.example";
    internal const string FromName = "Cordis Bright – “Bülletin”, monthly";

    private MailingLab _lab = null!;

    internal static EditionMonth Month { get; } = new(2024, 1);

    internal static IReadOnlyList<Reader> Readers { get; } = Addressed(
    [
        new("Ann Reader"),
        new("Zoë Müller-Lüdenscheidt"),
        new("Siobhán O’Neill"),
        new("Pat O'Brien"),
        new("Lopez, Maria, PhD"),
        new(string.Join(' ', Enumerable.Repeat("Bartholomew", 17))[..200]),
        new(new string('x', 200)),
        new(new string('é', 200)),
        new(string.Join(", ", Enumerable.Repeat("Žofie", 29))[..200]),
        new("محمد عبد الله"),
        new("שרה כהן (Leeds)"),
        new("Jo 👩‍👩‍👧‍👦🎉 Field"),
        new("""Dwayne "The Rock" Johnson"""),
        new("""a\b \"c\" \"""),
        new("admin@bank.example <x@y.example>"),
        // Written so, it would be read as the word that it encodes.
        new("=?utf-8?q?evil?=", "= ?utf-8?q?evil?="),
        new("=?utf-8?q?evil?= é", "= ?utf-8?q?evil?= é"),
        new("Eve\r\nBcc: all@reader.example\r\n\r\nbody", "Eve Bcc: all@reader.example body"),
        new("(a comment) [x]; : , . @"),
        new("\0\u0007 tab\there \u2028 end ", "tab here end"),
        new("日本太郎"),
        new("Ö"),
        new("."),
        new(null, ""),
        new("Tag", "Tag", "ann+digest=x@reader.example"),
        new("Apostrophe", "Apostrophe", "o'neil@reader.example"),
        new("Quoted", "Quoted", "\"odd address\"@reader.example"),
        new("Umlaut", "Umlaut", "ann@müller.example"),
        new("Long", "Long", $"{new string('l', 64)}@{string.Join('.', Enumerable.Repeat(new string('d', 60), 2))}.example"),
        new("Zoë", "Zoë", "zoë@reader.example"),
    ]);

    internal string Folder => _lab.Directory;

    internal DkimOptions Keys { get; private set; } = new();

    internal IReadOnlyList<Specimen> All { get; private set; } = [];

    /// <summary>Those that went out as ASCII, which is all but the mail to an address outside ASCII.</summary>
    internal IEnumerable<Specimen> Plain => All.Where(specimen => !specimen.IsInternational);

    internal IEnumerable<Specimen> Editions => All.Where(specimen => specimen.What == MailSort.Edition);

    /// <summary>The edition as most people get it.</summary>
    internal Specimen Edition => Editions.First();

    /// <summary>All that goes to the list as such, and not to somebody who asked for it.</summary>
    internal IEnumerable<Specimen> OfTheList => All.Where(specimen => specimen.What is MailSort.Edition or MailSort.StillWanted);

    internal IEnumerable<Specimen> OneOfEach => All.DistinctBy(specimen => specimen.What);

    public async Task InitializeAsync()
    {
        _lab = new MailingLab().With("Mail:FromName", FromName).With("Mail:ReplyTo", "editors@sender.example").With("Mail:BounceAddress", "bounces@sender.example")
            .With("Mail:UnsubscribeMailbox", "leave@sender.example").With("Site:Name", "CordisPulse, das „Büro“").With("Sample:Load", "true");
        Keys = DkimKeyFiles.Write(_lab.Directory, Domain);
        foreach (var (key, value) in DkimKeyFiles.Settings(Keys))
            _lab.With(key, value);
        var node = _lab.StartNode();
        await node.AddAccountAsync("publisher@sender.example", Roles.Publisher);
        await node.QueryAsync(async db =>
        {
            db.AddRange(Readers.Select(Subscriber));
            return await db.SaveChangesAsync();
        });

        await MailingLab.StartAsync(node, Month);
        await MailingLab.WaitAsync(node, Month, status => status.State == MailingState.Completed);
        await node.InScopeAsync(async services =>
        {
            var document = await services.GetRequiredService<EditionDocumentReader>().ReadDraftAsync(Month);
            Assert.True(EmailAddress.TryParse("tester@sender.example", out var tester, out _));
            return await services.GetRequiredService<TestSend>().SendAsync(document!, [tester]);
        });
        var mailing = _lab.Server.Messages;
        Assert.Equal(Readers.Count + 1, mailing.Count);
        await QueueSingleMailsAsync(node);
        var all = await _lab.Server.WaitForMessagesAsync(2 * Readers.Count + 7, MailingLab.Soon);
        All = [.. all.Select((received, i) => new Specimen(Sort(received, i), Readers.FirstOrDefault(reader => reader.Address == received.Recipient || Ascii(reader.Address) == received.Recipient), received))];
    }

    public async Task DisposeAsync() => await _lab.DisposeAsync();

    private static async Task QueueSingleMailsAsync(PulseApp node) => await node.QueryAsync(async db =>
    {
        var now = DateTime.UtcNow;
        var pending = new Subscriber { Email = "new@reader.example", NormalizedEmail = "new@reader.example", Name = "Zoë New", Status = SubscriberStatus.Pending, UnsubscribeToken = "pendingpendingpendingpendi", CreatedUtc = now };
        var people = await db.Subscribers.ToListAsync();
        var staff = await db.Users.SingleAsync();
        staff.ChosenMail = StaffMailKinds.Choice([QueuedMailKind.MailingFinished]);
        db.AddRange(people.Select(person => new QueuedMail { Kind = QueuedMailKind.UnsubscribeLink, Subscriber = person, QueuedUtc = now, NextAttemptUtc = now }));
        db.Add(new QueuedMail { Kind = QueuedMailKind.ConfirmSubscription, Subscriber = people[0], QueuedUtc = now, NextAttemptUtc = now });
        db.Add(new QueuedMail { Kind = QueuedMailKind.ConfirmSubscription, Subscriber = pending, QueuedUtc = now, NextAttemptUtc = now });
        var another = new AddressRequest { Kind = AddressRequestKind.ChangeAddress, SubscriberId = people[0].Id, Email = "another@reader.example", NormalizedEmail = "another@reader.example", AskedUtc = now, SettledUtc = now };
        db.Add(another);
        await db.SaveChangesAsync();
        db.Add(new QueuedMail { Kind = QueuedMailKind.ConfirmAddress, Subscriber = people[0], AboutId = another.Id, QueuedUtc = now, NextAttemptUtc = now });
        db.Add(new QueuedMail { Kind = QueuedMailKind.OwnDataLink, Subscriber = people[0], QueuedUtc = now, NextAttemptUtc = now });
        db.Add(new QueuedMail { Kind = QueuedMailKind.StillWanted, Subscriber = people[1], QueuedUtc = now, NextAttemptUtc = now });
        db.Add(new QueuedMail { Kind = QueuedMailKind.MailingFinished, AccountId = staff.Id, AboutId = await db.Mailings.Select(mailing => mailing.Id).SingleAsync(), QueuedUtc = now, NextAttemptUtc = now });
        return await db.SaveChangesAsync();
    });

    private static MailSort Sort(ReceivedMessage received, int index)
    {
        var subject = received.Message.Subject ?? "";
        return index < Readers.Count ? MailSort.Edition
            : subject.StartsWith("[Test]", StringComparison.Ordinal) ? MailSort.Test
            : subject.StartsWith("Confirm", StringComparison.Ordinal) ? MailSort.Confirmation
            : subject.StartsWith("Your link to unsubscribe", StringComparison.Ordinal) ? MailSort.UnsubscribeLink
            : subject.StartsWith("Your link to what", StringComparison.Ordinal) ? MailSort.OwnDataLink
            : subject.StartsWith("Is this your new address", StringComparison.Ordinal) ? MailSort.NewAddress
            : subject.StartsWith("Do you still want", StringComparison.Ordinal) ? MailSort.StillWanted
            : subject.StartsWith("You are subscribed", StringComparison.Ordinal) ? MailSort.AlreadySubscribed
            : MailSort.Staff;
    }

    private static Subscriber Subscriber(Reader reader) => new()
    {
        Email = reader.Address,
        NormalizedEmail = reader.Address,
        Name = reader.Name,
        Status = SubscriberStatus.Active,
        UnsubscribeToken = reader.Token,
        CreatedUtc = DateTime.UtcNow,
    };

    private static IReadOnlyList<Reader> Addressed(Reader[] readers)
        => [.. readers.Select((reader, i) => reader with
        {
            Address = reader.Address.Length > 0 ? reader.Address : $"reader{i}@reader.example",
            Token = $"tokentokentokentoken{i:000000}",
        })];

    private static string Ascii(string address) => new MimeKit.MailboxAddress("", address).GetAddress(idnEncode: true);
}

/// <summary>All classes that read the received mail share one sending of it.</summary>
[CollectionDefinition(Name)]
public sealed class AllReceivedMail : ICollectionFixture<ReceivedMailFixture>
{
    public const string Name = "Received mail";
}
