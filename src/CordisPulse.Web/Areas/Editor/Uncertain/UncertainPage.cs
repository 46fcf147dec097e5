using System.Text.RegularExpressions;
using CordisPulse.Core.Data;
using CordisPulse.Core.Mailings;
using CordisPulse.Core.Mailings.Messages;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Web.Areas.Editor.Uncertain;

/// <param name="Count">All there are; only the first are listed.</param>
/// <param name="CanSendAgain">A cancelled mailing sends nothing any more.</param>
public sealed record UncertainPage(MailingName Name, string Transport, int Count, bool CanSendAgain, IReadOnlyList<UncertainDelivery> Listed);

/// <param name="Node">The machine and process that sent it; null when that is not known.</param>
/// <param name="NextAttemptUtc">When it is sent again by itself; null when it waits for a person.</param>
public sealed record UncertainDelivery(
    long Id, string Address, string? Name, string MessageId, DateTime? AttemptedUtc, string? Node, string? Answer, DateTime? NextAttemptUtc,
    IReadOnlyList<NeighbourDelivery> Neighbours);

/// <summary>A message that the server took shortly before or after: its log shows the uncertain one near it, or not at all.</summary>
/// <param name="QueueId">The server's own name for the message, where its answer gives one.</param>
public sealed record NeighbourDelivery(bool IsBefore, DateTime? AttemptedUtc, string? QueueId, string Answer);

/// <summary>Reads the uncertain deliveries of a mailing with what helps to find them in the mail server's log.</summary>
public sealed partial class UncertainReader(PulseDbContext db, MailingReports reports)
{
    public const int MostListed = 50;

    private const int NeighboursOnASide = 2;

    /// <returns>Null when there is no such mailing.</returns>
    public async Task<UncertainPage?> ReadAsync(MailingName name, CancellationToken cancellationToken)
    {
        if (await reports.ProgressAsync(name, cancellationToken) is not { } progress)
            return null;
        var rows = await db.Deliveries.AsNoTracking()
            .Where(d => d.MailingId == progress.Id && d.State == DeliveryState.Uncertain)
            .OrderBy(d => d.AttemptedUtc).ThenBy(d => d.Id)
            .Take(MostListed)
            .Select(d => new
            {
                d.Id,
                d.SubscriberId,
                d.Address,
                d.Name,
                d.AttemptedUtc,
                d.LeaseOwner,
                d.Answer,
                d.NextAttemptUtc,
                Ids = new MessageIds(d.Mailing!.Edition!.Month, d.Mailing.Kind, d.Mailing.Number, d.Mailing.PublicUrl),
            })
            .ToListAsync(cancellationToken);
        var listed = new List<UncertainDelivery>();
        foreach (var row in rows)
            listed.Add(new UncertainDelivery(
                row.Id, row.Address, row.Name, row.Ids.Of(row.SubscriberId), row.AttemptedUtc, Node(row.LeaseOwner), row.Answer, row.NextAttemptUtc,
                await NeighboursAsync(progress.Id, row.AttemptedUtc, cancellationToken)));
        return new UncertainPage(name, progress.Transport, progress.Counts.Uncertain, progress.State != MailingState.Cancelled, listed);
    }

    private async Task<IReadOnlyList<NeighbourDelivery>> NeighboursAsync(int mailingId, DateTime? attempted, CancellationToken cancellationToken)
    {
        var taken = db.Deliveries.AsNoTracking().Where(d => d.MailingId == mailingId && d.State == DeliveryState.Sent && d.Code != null && d.Answer != null);
        var before = await taken.Where(d => d.AttemptedUtc <= attempted).OrderByDescending(d => d.AttemptedUtc).Take(NeighboursOnASide)
            .Select(d => new { d.AttemptedUtc, d.Code, d.Answer }).ToListAsync(cancellationToken);
        var after = await taken.Where(d => d.AttemptedUtc > attempted).OrderBy(d => d.AttemptedUtc).Take(NeighboursOnASide)
            .Select(d => new { d.AttemptedUtc, d.Code, d.Answer }).ToListAsync(cancellationToken);
        before.Reverse();
        return [
            .. before.Select(d => new NeighbourDelivery(true, d.AttemptedUtc, QueueId(d.Answer!), $"{d.Code} {d.Answer}")),
            .. after.Select(d => new NeighbourDelivery(false, d.AttemptedUtc, QueueId(d.Answer!), $"{d.Code} {d.Answer}")),
        ];
    }

    /// <summary>Claims are named machine, process and more; only the first two say something in a log.</summary>
    private static string? Node(string? leaseOwner) => leaseOwner?.Split('!') is [var machine, var process, ..] ? $"{machine}, process {process}" : leaseOwner;

    private static string? QueueId(string answer) => QueueIds().Match(answer) is { Success: true } match ? match.Groups["id"].Value : null;

    // Postfix: "queued as 4F2A…"; Exim: "OK id=1r8…"; Exchange: "[InternalId=…".
    [GeneratedRegex(@"(?:queued as |\bid=|InternalId=)\s*(?<id>[0-9A-Za-z][0-9A-Za-z.\-]*)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex QueueIds();
}
