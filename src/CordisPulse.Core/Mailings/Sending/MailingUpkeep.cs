using CordisPulse.Core.Data;
using CordisPulse.Core.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Mailings.Sending;

/// <summary>What keeps running mailings moving beside the sending: ended leases, dead nodes, servers that do not work, the end.</summary>
public sealed class MailingUpkeep(
    IDbContextFactory<PulseDbContext> contexts, LedgerWriter ledger, StaffMails staff, MailingCertificates certificates, IOptions<MailOptions> mail, ILogger<MailingUpkeep> logger)
{
    public const string ProcessLost = "The program ended before it read the server's answer.";

    /// <summary>So many of the first answers are refusals of the message: everybody's would be.</summary>
    public const int FirstRefusals = 10;

    /// <summary>So many in a row, in the midst of a mailing.</summary>
    public const int RefusalsInARow = 100;

    private const int MostUnreadAnswers = 5;

    /// <summary>What a server has answered to, of this recipient or of this message.</summary>
    private static readonly DeliveryState[] Answered = [DeliveryState.Sent, DeliveryState.Failed, DeliveryState.Deferred];

    /// <summary>Cancelled mailings may have messages under way; after a day they have none.</summary>
    private static readonly TimeSpan Aftermath = TimeSpan.FromDays(1);

    /// <summary>Begun messages whose node did not live to record the outcome become uncertain.</summary>
    /// <returns>How many.</returns>
    public async Task<int> DoubtLostAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var mailings = await UnfinishedAsync(db, cancellationToken);
        if (mailings.Count == 0 || !await Lost(db, mailings).AnyAsync(cancellationToken))
            return 0;
        return await ledger.WriteAsync((write, token) => DoubtAsync(Lost(write, mailings), token));
    }

    /// <summary>Takes over what a dead node of this machine held: rows not begun wait again, begun ones become uncertain.</summary>
    public async Task TakeOverAsync(string node, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var mailings = await UnfinishedAsync(db, cancellationToken);
        if (mailings.Count == 0)
            return;
        var prefix = ClaimPrefix(node);
        await ledger.WriteAsync(async (write, token) =>
        {
            var rows = write.Deliveries.Where(d => mailings.Contains(d.MailingId) && d.LeaseOwner!.StartsWith(prefix));
            await rows.Ready(DeliveryAct.Attempt).ExecuteUpdateAsync(
                set => set.SetProperty(d => d.LeaseEndUtc, (DateTime?)null).SetProperty(d => d.LeaseOwner, (string?)null), token);
            return await DoubtAsync(rows.Ready(DeliveryAct.Doubt), token);
        });
    }

    /// <summary>What the claims of <paramref name="node"/> begin with.</summary>
    public static string ClaimPrefix(string node) => node + "#";

    /// <summary>Nobody claims for a while, because the server as a whole does not work, or takes no more for now.</summary>
    /// <param name="notice">One of <see cref="Notices"/>.</param>
    public async Task HoldAsync(int mailingId, TimeSpan pause, string notice)
    {
        var seconds = pause.TotalSeconds;
        var isHeld = await ledger.WriteAsync((db, cancellationToken) => db.Mailings
            .Where(m => m.Id == mailingId && m.State == MailingState.Sending && (m.HoldUntilUtc == null || m.HoldUntilUtc <= DateTime.UtcNow))
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(m => m.HoldUntilUtc, m => DateTime.UtcNow.AddSeconds(seconds))
                    .SetProperty(m => m.Notice, notice)
                    .SetProperty(m => m.Version, m => m.Version + 1),
                cancellationToken)) == 1;
        if (isHeld)
            await TellAsync(mailingId);
    }

    /// <summary>
    /// Stops the mailing when the server has refused what it holds in each of its answers, <see cref="FirstRefusals"/> or more, or in
    /// the last <see cref="RefusalsInARow"/>. Read from the ledger, so that it holds over connections, nodes and restarts.
    /// </summary>
    public async Task StopIfAllRefusedAsync(int mailingId, int code, string text)
    {
        var isStopped = await ledger.WriteAsync(async (db, cancellationToken) =>
        {
            var latest = await db.Deliveries
                .Where(d => d.MailingId == mailingId && d.AttemptedUtc != null && Answered.Contains(d.State))
                .OrderByDescending(d => d.AttemptedUtc)
                .Take(RefusalsInARow)
                .Select(d => d.Fault)
                .ToListAsync(cancellationToken);
            if (latest.Count < FirstRefusals || latest.Exists(fault => fault != DeliveryFault.Message))
                return false;
            var notice = Notices.MessagesRefused(latest.Count, isFromTheStart: latest.Count < RefusalsInARow, code, text);
            return await db.Mailings
                .Where(m => m.Id == mailingId && m.State == MailingState.Sending)
                .ExecuteUpdateAsync(
                    set => set
                        .SetProperty(m => m.State, MailingState.Paused)
                        .SetProperty(m => m.HoldUntilUtc, (DateTime?)null)
                        .SetProperty(m => m.Notice, notice)
                        .SetProperty(m => m.Version, m => m.Version + 1),
                    cancellationToken) == 1;
        });
        if (isStopped)
            await TellAsync(mailingId);
    }

    /// <summary>Whoever sends goes on, told or not.</summary>
    private async Task TellAsync(int mailingId)
    {
        try
        {
            await staff.MailingStoppedAsync(mailingId);
        }
        catch (Exception e)
        {
            logger.LogError(e, "Nobody could be told that mailing {Mailing} waits.", mailingId);
        }
    }

    /// <summary>The server works again.</summary>
    public Task EndHoldAsync(int mailingId) => ledger.WriteAsync((db, cancellationToken) => db.Mailings
        .Where(m => m.Id == mailingId && m.HoldUntilUtc != null && m.HoldUntilUtc <= DateTime.UtcNow)
        .ExecuteUpdateAsync(
            set => set
                .SetProperty(m => m.HoldUntilUtc, (DateTime?)null)
                .SetProperty(m => m.Notice, (string?)null)
                .SetProperty(m => m.Version, m => m.Version + 1),
            cancellationToken));

    /// <summary>Ends the mailing once every recipient is accounted for.</summary>
    public async Task<bool> TryCompleteAsync(int mailingId, CancellationToken cancellationToken)
    {
        var open = DeliveryTransitions.Open;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Deliveries.AnyAsync(d => d.MailingId == mailingId && open.Contains(d.State), cancellationToken))
            return false;
        var isCompleted = await ledger.WriteAsync((write, token) => write.Mailings
            .Where(m => m.Id == mailingId && m.State == MailingState.Sending
                && !write.Deliveries.Any(d => d.MailingId == m.Id && open.Contains(d.State)))
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(m => m.State, MailingState.Completed)
                    .SetProperty(m => m.EndedUtc, m => DateTime.UtcNow)
                    .SetProperty(m => m.HoldUntilUtc, (DateTime?)null)
                    .SetProperty(m => m.Notice, (string?)null)
                    .SetProperty(m => m.Version, m => m.Version + 1),
                token)) == 1;
        if (isCompleted)
        {
            await certificates.KeepAsync(mailingId, cancellationToken);
            // One that goes to a single person is no news.
            if (await db.Mailings.AnyAsync(m => m.Id == mailingId && m.Kind != MailingKind.Late, cancellationToken))
                await staff.MailingFinishedAsync(mailingId, cancellationToken);
        }

        return isCompleted;
    }

    private static Task<List<int>> UnfinishedAsync(PulseDbContext db, CancellationToken cancellationToken)
    {
        var days = -Aftermath.TotalDays;
        return db.Mailings
            .Where(m => m.State == MailingState.Sending || m.State == MailingState.Paused
                || (m.State == MailingState.Cancelled && m.EndedUtc > DateTime.UtcNow.AddDays(days)))
            .Select(m => m.Id)
            .ToListAsync(cancellationToken);
    }

    private static IQueryable<Delivery> Lost(PulseDbContext db, List<int> mailings)
        => db.Deliveries.Where(d => mailings.Contains(d.MailingId)).Ready(DeliveryAct.Doubt).Where(d => d.LeaseEndUtc <= DateTime.UtcNow);

    private Task<int> DoubtAsync(IQueryable<Delivery> rows, CancellationToken cancellationToken)
    {
        var isResent = mail.Value.WhenUncertain == WhenUncertain.Resend;
        return rows.ExecuteUpdateAsync(
            set =>
            {
                set.SetProperty(d => d.State, DeliveryTransitions.Of(DeliveryAct.Doubt).To)
                    .SetProperty(d => d.LeaseNumber, d => d.LeaseNumber + 1)
                    .SetProperty(d => d.LeaseEndUtc, (DateTime?)null)
                    .SetProperty(d => d.Code, (int?)null)
                    .SetProperty(d => d.Answer, ProcessLost);
                // One that ends the program each time is a person's to decide.
                if (isResent)
                    set.SetProperty(d => d.NextAttemptUtc, d => d.Attempts < MostUnreadAnswers ? DateTime.UtcNow : null);
            },
            cancellationToken);
    }
}
