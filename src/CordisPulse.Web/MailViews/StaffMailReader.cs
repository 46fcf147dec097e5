using CordisPulse.Core;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Checks;
using CordisPulse.Core.Editions.Review;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Mailings;
using CordisPulse.Core.Site;
using CordisPulse.Web.Areas.Editor;
using CordisPulse.Web.Areas.Editor.Mailings;
using CordisPulse.Web.Areas.Editor.Review;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Web.MailViews;

/// <summary>Reads what a mail to staff has to say at the moment when it is sent.</summary>
internal sealed class StaffMailReader(IDbContextFactory<PulseDbContext> contexts, IServiceScopeFactory scopes)
{
    private const int MostComments = 20;
    private const int LongestQuote = 300;

    /// <summary>Null when there is nothing to say any more, or the person has left or does not want it.</summary>
    public async Task<StaffMailContent?> ReadAsync(ClaimedMail mail, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if ((await ActiveStaff.OfAsync(db, cancellationToken)).FirstOrDefault(member => member.Id == mail.AccountId) is not { } to || !to.Wants(mail.Kind))
            return null;
        return mail.Kind switch
        {
            QueuedMailKind.Assigned => await AssignedAsync(db, mail, to.Email, cancellationToken),
            QueuedMailKind.ReadyToApprove => await ReadyToApproveAsync(db, mail, to.Email, cancellationToken),
            QueuedMailKind.Commented => await CommentedAsync(db, mail, to.Email, cancellationToken),
            QueuedMailKind.ScheduleHeld => await ScheduleAsync(db, mail, to.Email, cancellationToken),
            _ => await MailingAsync(db, mail, to.Email, cancellationToken),
        };
    }

    private static async Task<StaffMailContent?> AssignedAsync(PulseDbContext db, ClaimedMail mail, string email, CancellationToken cancellationToken)
    {
        var item = await db.EditionItems
            .Where(item => item.Id == mail.AboutId)
            .Select(item => new { item.Title, item.Url, Month = item.Edition == null ? (EditionMonth?)null : item.Edition.Month })
            .SingleOrDefaultAsync(cancellationToken);
        if (item is null)
            return null;
        var title = string.IsNullOrWhiteSpace(item.Title) ? item.Url ?? "an item without a title" : $"“{item.Title}”";
        return new StaffMailContent(
            email, $"Yours now: {title}", $"{title} is assigned to you.", [],
            item.Month is { } month ? $"editor/editions/{month}/items/{mail.AboutId}" : $"editor/intake/{mail.AboutId}", "Open it");
    }

    private async Task<StaffMailContent?> ReadyToApproveAsync(PulseDbContext db, ClaimedMail mail, string email, CancellationToken cancellationToken)
    {
        if (await MonthAsync(db, mail, cancellationToken) is not { } month)
            return null;
        await using var scope = scopes.CreateAsyncScope();
        var errors = ApprovalWords.ErrorsIn(await scope.ServiceProvider.GetRequiredService<EditionChecks>().RunAsync(month, cancellationToken));
        var subject = errors == 0 ? $"{month.Title} is ready to approve" : $"{month.Title}: asked to approve, with {Counted.Of(errors, "error")} open";
        return new StaffMailContent(
            email, subject, $"A colleague asks for {month.Title} to be approved. Look at it, then approve it as it stands or say what is missing.",
            errors == 0 ? [] : [ApprovalWords.Open(errors)], $"editor/editions/{month}/preview", "Look at the preview");
    }

    private static async Task<StaffMailContent?> CommentedAsync(PulseDbContext db, ClaimedMail mail, string email, CancellationToken cancellationToken)
    {
        if (await MonthAsync(db, mail, cancellationToken) is not { } month)
            return null;
        // The first of them made the row; whatever was said since is in the same mail.
        var comments = await db.Comments
            .Where(comment => comment.EditionId == mail.AboutId && comment.WrittenUtc >= mail.QueuedUtc && (comment.ById == null || comment.ById != mail.AccountId))
            .OrderBy(comment => comment.Id)
            .Select(comment => new
            {
                comment.GuestName,
                ByEmail = db.Users.Where(user => user.Id == comment.ById).Select(user => user.Email).FirstOrDefault(),
                comment.Place,
                comment.PlaceTitle,
                comment.Text,
            })
            .ToListAsync(cancellationToken);
        if (comments.Count == 0)
            return null;
        var lines = comments.Take(MostComments).Select(comment =>
            $"{(comment.GuestName is { } guest ? $"{guest} (guest)" : comment.ByEmail ?? "Somebody who has left")} on {About(comment.Place, comment.PlaceTitle)}: {Quote(comment.Text)}").ToList();
        if (comments.Count > MostComments)
            lines.Add($"and {Counted.Of(comments.Count - MostComments, "more comment")}");
        var subject = $"{Counted.Of(comments.Count, "new comment")} on {month.Title}";
        return new StaffMailContent(email, subject, $"There {(comments.Count == 1 ? "is" : "are")} {subject}:", lines, $"editor/editions/{month}/preview/comments", "Read and answer");
    }

    private static async Task<StaffMailContent?> MailingAsync(PulseDbContext db, ClaimedMail mail, string email, CancellationToken cancellationToken)
    {
        var mailing = await db.Mailings
            .Where(mailing => mailing.Id == mail.AboutId)
            .Select(mailing => new
            {
                Name = MailingName.Of(mailing.Edition!.Month, mailing.Kind, mailing.Number),
                mailing.State,
                mailing.HoldUntilUtc,
                mailing.EndedUtc,
                Recipients = db.Deliveries.Count(delivery => delivery.MailingId == mailing.Id),
                Sent = db.Deliveries.Count(delivery => delivery.MailingId == mailing.Id && delivery.State == DeliveryState.Sent),
                Failed = db.Deliveries.Count(delivery => delivery.MailingId == mailing.Id && delivery.State == DeliveryState.Failed),
            })
            .SingleAsync(cancellationToken);
        var title = mailing.Name.Title;
        (string Subject, string Opening)? said = (mail.Kind, mailing.State) switch
        {
            (QueuedMailKind.MailingFinished, MailingState.Completed) =>
                ($"{char.ToUpperInvariant(title[0])}{title[1..]} has been sent", $"The mailing of {title} was completed on {UkTime.Minute(mailing.EndedUtc)}."),
            (QueuedMailKind.MailingStopped, MailingState.Cancelled) =>
                ($"The mailing of {title} was cancelled", $"The mailing of {title} was cancelled on {UkTime.Minute(mailing.EndedUtc)}. What had been sent by then stays sent."),
            (QueuedMailKind.MailingStopped, MailingState.Paused) =>
                ($"The mailing of {title} is paused", $"The mailing of {title} is paused. It goes on when somebody resumes it."),
            (QueuedMailKind.MailingStopped, MailingState.Sending) when mailing.HoldUntilUtc is not null =>
                ($"The mailing of {title} waits", $"The mailing of {title} waits, because the mail server does not take its messages. It tries again by itself; the page says what the server answered."),
            _ => null,
        };
        return said is { } words
            ? new StaffMailContent(
                email, words.Subject, words.Opening, [$"{mailing.Sent} of {Counted.Of(mailing.Recipients, "message")} sent, {mailing.Failed} failed"],
                MailingAddress.Of(mailing.Name).TrimStart('/'), "Open the mailing")
            : null;
    }

    private static async Task<StaffMailContent?> ScheduleAsync(PulseDbContext db, ClaimedMail mail, string email, CancellationToken cancellationToken)
    {
        var mailing = await db.Mailings
            .Where(mailing => mailing.Id == mail.AboutId)
            .Select(mailing => new { mailing.Edition!.Month, mailing.State, mailing.ScheduledForUtc, mailing.HeldUtc, mailing.Notice })
            .SingleAsync(cancellationToken);
        var (title, hour) = (mailing.Month.Title, UkTime.Minute(mailing.ScheduledForUtc));
        (string Subject, string Opening)? said = mailing switch
        {
            { State: MailingState.Scheduled, HeldUtc: not null } =>
                ($"{title} did not go out", $"{title} was to be published and mailed on {hour}, UK time, and was held. Nothing was mailed."),
            { State: MailingState.Cancelled, Notice: not null } =>
                ($"{title} is no longer scheduled", $"{title} was to be published and mailed on {hour}, UK time. It is no longer scheduled, and nothing goes out by itself."),
            _ => null,
        };
        return said is { } words
            ? new StaffMailContent(
                email, words.Subject, words.Opening, [.. (mailing.Notice ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)],
                $"editor/editions/{mailing.Month}/mailing", "Open the mailing")
            : null;
    }

    private static Task<EditionMonth?> MonthAsync(PulseDbContext db, ClaimedMail mail, CancellationToken cancellationToken)
        => db.Editions.Where(edition => edition.Id == mail.AboutId).Select(edition => (EditionMonth?)edition.Month).SingleOrDefaultAsync(cancellationToken);

    private static string About(CommentedPlace place, string? title) => place switch
    {
        CommentedPlace.Whole => "the edition as a whole",
        CommentedPlace.Introduction => "the introduction",
        _ => $"“{title}”",
    };

    private static string Quote(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= LongestQuote ? line : ShortText.Of(line, LongestQuote) + "…";
    }
}
