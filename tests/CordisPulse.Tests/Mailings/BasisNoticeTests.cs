using CordisPulse.Core.Subscriptions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Tests.Mailings;

/// <summary>Whoever was put on the list by staff is told so by the first edition that reaches them, and by no other.</summary>
public sealed class BasisNoticeTests
{
    [Fact]
    public async Task The_first_edition_tells_where_the_address_is_from_and_how_to_object_and_a_pause_is_kept()
    {
        await using var lab = new MailingLab();
        var node = lab.StartNode();
        await MailingLab.SeedAsync(node, 2);
        await node.QueryAsync(db => db.Subscribers.Where(row => row.NormalizedEmail == "reader.2@reader.example").ExecuteUpdateAsync(set => set.SetProperty(row => row.PausedUntilUtc, DateTime.UtcNow.AddDays(9))));
        await node.InScopeAsync(services => services.GetRequiredService<SubscriberAdmission>().AddAsync(new AddSubscribers
        {
            People = [new NewSubscriber(Parsed("added@reader.example"), "Ada Added", null)],
            Basis = new StatedBasis
            {
                Ground = ConsentGround.LegitimateInterests,
                ObtainedFrom = "The directory of <directors> & others",
                ObtainedOn = new DateOnly(2024, 12, 24),
                Assessment = "LIA 7",
            },
            Way = Ways.Desk,
        }));

        await MailingLab.StartAsync(node);
        await MailingLab.WaitForEndAsync(node);
        var told = lab.Server.Messages.Single(message => message.Recipient == "added@reader.example").Message;
        var others = lab.Server.Messages.Where(message => message.Recipient != "added@reader.example").ToList();

        Assert.Equal(["Reader.1@reader.example"], others.Select(message => message.Recipient));
        Assert.DoesNotContain("WHY YOU GET THIS", others[0].Message.TextBody, StringComparison.Ordinal);
        var text = string.Join(' ', told.TextBody!.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("We have your address from: The directory of <directors> & others (24 December 2024).", text, StringComparison.Ordinal);
        Assert.Contains("legitimate interest", text, StringComparison.Ordinal);
        Assert.Contains("You have the right to object", text, StringComparison.Ordinal);
        Assert.Contains("/privacy", text, StringComparison.Ordinal);
        Assert.Contains("The directory of &lt;directors&gt; &amp; others", told.HtmlBody, StringComparison.Ordinal);
        Assert.True(text.IndexOf("WHY YOU GET THIS", StringComparison.Ordinal) < text.IndexOf("IN THIS EDITION", StringComparison.Ordinal));

        // The next one is for somebody who knows.
        await node.InScopeAsync(async services =>
        {
            await services.GetRequiredService<Core.Mailings.Messages.MailingVariants>().SettleNoticesAsync(default);
            return true;
        });
        Assert.Null(await node.QueryAsync(db => db.Subscribers.Where(row => row.NormalizedEmail == "added@reader.example").Select(row => row.NoticeBasisId).SingleAsync()));
    }

    private static EmailAddress Parsed(string email) => EmailAddress.TryParse(email, out var address, out var problem) ? address : throw new InvalidOperationException(problem);
}
