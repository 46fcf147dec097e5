using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Checks;
using CordisPulse.Core.Editions.Review;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Mailings;
using CordisPulse.Core.Mailings.Messages;
using CordisPulse.Core.Site;
using CordisPulse.Core.Subscriptions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CordisPulse.Web.Areas.Editor.Mailings;

/// <summary>What to know before an edition is sent.</summary>
public sealed record MailingGuard
{
    public required int Recipients { get; init; }

    public required IReadOnlyList<WishedMail> Wishes { get; init; }

    public required IReadOnlyList<Finding> Findings { get; init; }

    public required ApprovalState Approval { get; init; }

    /// <summary>Null while nobody has sent a test.</summary>
    public required LastTest? Test { get; init; }

    /// <summary>How long the sending takes, as a sentence.</summary>
    public required string Takes { get; init; }

    public required IReadOnlyList<ColleagueEntry> Colleagues { get; init; }

    /// <summary>How long only colleagues are sent to.</summary>
    public required TimeSpan Wait { get; init; }

    /// <summary>The number of recipients has to be typed.</summary>
    public required bool AsksForRecipients { get; init; }

    /// <summary><see cref="EditionDocument.FingerprintOfText"/>.</summary>
    public required string Seen { get; init; }

    public int Errors => Findings.Count(finding => finding.Severity == FindingSeverity.Error);

    public int Warnings => Findings.Count(finding => finding is { Severity: FindingSeverity.Warning, LeftBecause: null });

    public string FindingsInWords => (Errors, Warnings) switch
    {
        (0, 0) => "nothing to mend",
        (0, _) => Counted.Of(Warnings, "warning"),
        (_, 0) => Counted.Of(Errors, "error"),
        _ => $"{Counted.Of(Errors, "error")}, {Counted.Of(Warnings, "warning")}",
    };

    public string ApprovalInWords => this switch
    {
        { Approval.Standing: [.., { } last] } => $"by {last.By ?? "an account that is gone"}, {UkTime.Minute(last.ApprovedUtc)}{(Approval is { IsRequired: true, Counts: false } ? ", which does not count" : "")}",
        { Approval.IsRequired: true } => "needed, and not given",
        _ => "none, and none is needed",
    };

    public string TestInWords => Test is { } test
        ? $"{UkTime.Minute(test.SentUtc)}, to {Counted.Of(test.Recipients, "address", "addresses")}, by {test.By ?? "an account that is gone"}{(test.IsOfOlderText ? "; the edition was changed since" : "")}"
        : "none yet";

    public string WaitTold => Colleagues.Count == 0
        ? $"It waits for {WaitInWords}, and until then you can stop it at no cost. Colleagues named below would get it before that."
        : $"It goes to {Counted.Of(Colleagues.Count, "colleague")} first. Everybody else gets it {WaitInWords} later, and until then you can stop it at no cost.";

    public string WaitInWords => Wait switch
    {
        { TotalMinutes: < 2 } => Counted.Of((int)Math.Ceiling(Wait.TotalSeconds), "second"),
        { TotalHours: < 2 } => Counted.Of((int)Math.Ceiling(Wait.TotalMinutes), "minute"),
        _ => Counted.Of((int)Math.Ceiling(Wait.TotalHours), "hour"),
    };
}

/// <param name="Sectors">In words.</param>
/// <param name="Slugs">Of those sectors; none for all.</param>
public sealed record WishedMail(string Sectors, IReadOnlyList<string> Slugs, int Recipients);

/// <param name="By">Null for an account that is gone.</param>
public sealed record LastTest(DateTime SentUtc, string? By, int Recipients, bool IsOfOlderText);

/// <summary>Reads what to know before an edition is sent.</summary>
public sealed class MailingGuardReader(
    PulseDbContext db, EditionChecks checks, Approvals approvals, MailingStarter starter, MailingVariants variants, ColleagueList colleagues, IOptions<MailOptions> mail)
{
    public async Task<MailingGuard> ReadAsync(EditionDocument draft, CancellationToken cancellationToken)
    {
        var recipients = await starter.CountRecipientsAsync(cancellationToken);
        var sectors = await SectorNames.ReadAsync(db, cancellationToken);
        var wishes = await variants.CountWishesAsync(cancellationToken);
        return new MailingGuard
        {
            Recipients = recipients,
            // Those who have yet to be told how they came to be on the list get the same edition.
            Wishes = [.. wishes.GroupBy(wish => wish.Wish.Sectors).Select(same => Describe(same.Key, same.Sum(wish => wish.Recipients), sectors))],
            Findings = await checks.RunAsync(draft, cancellationToken),
            Approval = await approvals.ReadAsync(draft, cancellationToken),
            Test = await LastTestAsync(draft.Month, cancellationToken),
            Takes = MailingEstimate.Describe(recipients, mail.Value),
            Colleagues = await colleagues.ReadAsync(cancellationToken),
            Wait = mail.Value.WaitBeforeSending,
            AsksForRecipients = recipients > mail.Value.ConfirmAbove,
            Seen = draft.FingerprintOfText(),
        };
    }

    private static WishedMail Describe(string wanted, int recipients, SectorNames sectors)
        => new(sectors.Write(wanted) is { Length: > 0 } names ? names : "All", sectors.Slugs(wanted), recipients);

    private Task<LastTest?> LastTestAsync(EditionMonth month, CancellationToken cancellationToken)
        => db.SentTestMails
            .Where(test => test.Edition!.Month == month)
            .OrderByDescending(test => test.Id)
            .Select(test => new LastTest(
                test.SentUtc, db.Users.Where(user => user.Id == test.SentById).Select(user => user.Email).FirstOrDefault(), test.Recipients, test.Edition!.ChangedUtc > test.SentUtc))
            .FirstOrDefaultAsync(cancellationToken);
}
