using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Mailings;
using CordisPulse.Core.Site;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Web.Areas.Editor.Mailings;

/// <summary>When an edition is published and mailed by itself, or was to be.</summary>
/// <param name="By">Null for a command, or an account that is gone.</param>
/// <param name="Notice">Why it is held, or was taken back.</param>
/// <param name="IsOver">It was taken back because the edition was changed.</param>
public sealed record EditionSchedule(EditionMonth Month, DateTime AtUtc, string? By, string? Note, DateTime? HeldUtc, string? Notice, bool IsOver)
{
    public string Hour => $"{UkTime.Minute(AtUtc)}, UK time";

    /// <summary>That of the edition's own newest mailing; null when it has none that is still to be told of.</summary>
    public static async Task<EditionSchedule?> ReadAsync(PulseDbContext db, EditionMonth month, CancellationToken cancellationToken)
    {
        var last = await db.Mailings
            .Where(mailing => mailing.Edition!.Month == month && mailing.Kind == MailingKind.Edition)
            .OrderByDescending(mailing => mailing.Id)
            .Select(mailing => new
            {
                mailing.State,
                mailing.StartedUtc,
                Schedule = mailing.ScheduledForUtc == null ? null : new EditionSchedule(
                    month, mailing.ScheduledForUtc.Value, db.Users.Where(user => user.Id == mailing.CreatedById).Select(user => user.Email).FirstOrDefault(),
                    mailing.ScheduleNote, mailing.HeldUtc, mailing.Notice, mailing.State != MailingState.Scheduled),
            })
            .FirstOrDefaultAsync(cancellationToken);
        return last is { State: MailingState.Scheduled } or { State: MailingState.Cancelled, StartedUtc: null, Schedule.Notice: not null } ? last.Schedule : null;
    }
}

/// <summary>Says above every page of an edition that it goes out by itself, and that an edit prevents it.</summary>
public sealed class ScheduleViewComponent(PulseDbContext db) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(EditionMonth month)
        => await EditionSchedule.ReadAsync(db, month, HttpContext.RequestAborted) is { } schedule ? View("/Areas/Editor/Mailings/_Schedule.cshtml", schedule) : Content("");
}
