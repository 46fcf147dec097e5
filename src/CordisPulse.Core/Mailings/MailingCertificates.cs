using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Mailings;

/// <param name="Json">What was kept, letter for letter; what was made now when nothing was kept.</param>
/// <param name="KeptUtc">Null for a mailing that was cancelled: only a completed one keeps its certificate.</param>
/// <param name="Differs">Made now from the ledger, it is not what was kept.</param>
public sealed record CertifiedMailing(CertificateContent Content, string Json, string Sha256, DateTime? KeptUtc, bool Differs)
{
    /// <summary>Made now from the ledger.</summary>
    public required CertificateContent Fresh { get; init; }
}

/// <summary>Makes certificates from the ledger, keeps them and finds them again.</summary>
public sealed class MailingCertificates(IDbContextFactory<PulseDbContext> contexts, TimeProvider time)
{
    /// <summary>Keeps the certificate of a completed mailing; a second call for the same end changes nothing.</summary>
    public async Task KeepAsync(int mailingId, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var ended = await db.Mailings.Where(m => m.Id == mailingId && m.State == MailingState.Completed).Select(m => m.EndedUtc).SingleOrDefaultAsync(cancellationToken);
        if (ended is null || await db.MailingCertificates.AnyAsync(c => c.MailingId == mailingId && c.EndedUtc == ended, cancellationToken))
            return;
        var content = await MakeAsync(db, mailingId, cancellationToken);
        // Some may be tried again since; the next end has a certificate of its own.
        if (content is not { State: MailingState.Completed, Open: 0 })
            return;
        var json = content.ToJson();
        db.Add(new MailingCertificate
        {
            MailingId = mailingId,
            EndedUtc = ended.Value,
            MadeUtc = time.GetUtcNow().UtcDateTime,
            Content = json,
            Sha256 = CertificateContent.Sha256(json),
        });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (e.IsUniqueViolation("MailingCertificates", "MailingId"))
        {
            // Another node was first.
        }
    }

    /// <summary>The newest certificate of a mailing that has ended, beside what the ledger says now.</summary>
    /// <exception cref="RefusedException">There is no such mailing, or it has not ended.</exception>
    public async Task<CertifiedMailing> ReadAsync(MailingName name, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var mailing = await db.Mailings.Named(name).Select(m => new { m.Id, m.State, m.StartedUtc }).FirstOrDefaultAsync(cancellationToken)
            ?? throw new RefusedException($"There is no mailing of {name.Title}.");
        if (mailing is not { State: MailingState.Completed or MailingState.Cancelled, StartedUtc: not null })
            throw new RefusedException($"The mailing of {name.Title} is not completed. Its certificate is made when it is.");
        // The program may have ended between the mailing's end and its certificate.
        await KeepAsync(mailing.Id, cancellationToken);
        var fresh = await MakeAsync(db, mailing.Id, cancellationToken);
        var json = fresh.ToJson();
        var kept = await db.MailingCertificates
            .Where(c => c.MailingId == mailing.Id)
            .OrderByDescending(c => c.Id)
            .Select(c => new { c.Content, c.Sha256, c.MadeUtc })
            .FirstOrDefaultAsync(cancellationToken);
        return mailing.State == MailingState.Completed && kept is not null
            ? new CertifiedMailing(CertificateContent.FromJson(kept.Content), kept.Content, kept.Sha256, kept.MadeUtc, kept.Content != json || kept.Sha256 != CertificateContent.Sha256(kept.Content)) { Fresh = fresh }
            : new CertifiedMailing(fresh, json, CertificateContent.Sha256(json), null, Differs: false) { Fresh = fresh };
    }

    private static async Task<CertificateContent> MakeAsync(PulseDbContext db, int mailingId, CancellationToken cancellationToken)
    {
        var mailing = await db.Mailings.AsNoTracking()
            .Where(m => m.Id == mailingId)
            .Select(m => new
            {
                m.Edition!.Month,
                m.Kind,
                m.Number,
                m.State,
                m.PublishedEdition!.Revision,
                m.PublishedEdition.Sha256,
                m.Transport,
                m.PublicUrl,
                m.ScheduledForUtc,
                m.StartedUtc,
                m.EndedUtc,
                By = db.Users.Where(user => user.Id == m.CreatedById).Select(user => user.Email).FirstOrDefault(),
                First = db.Deliveries.Where(d => d.MailingId == m.Id).Min(d => d.FirstAttemptedUtc),
                Last = db.Deliveries.Where(d => d.MailingId == m.Id).Max(d => d.SettledUtc),
            })
            .SingleAsync(cancellationToken);
        var variants = await db.MailingVariants
            .Where(v => v.MailingId == mailingId)
            .OrderBy(v => v.Id)
            .Select(v => new { v.Id, v.Sectors, v.Subject, v.Sha256 })
            .ToListAsync(cancellationToken);
        // As many groups as there are kinds of outcomes, however many deliveries.
        var groups = await db.Deliveries
            .Where(d => d.MailingId == mailingId)
            .GroupBy(d => new { d.VariantId, d.State, d.Code, d.Fault, d.Decided })
            .Select(group => new Outcome(group.Key.VariantId, group.Key.State, group.Key.Code, group.Key.Fault, group.Key.Decided, group.Count()))
            .ToListAsync(cancellationToken);
        var decisions = await db.Deliveries
            .Where(d => d.MailingId == mailingId && d.Decided != null)
            .GroupBy(d => new { d.Decided, d.DecidedById })
            .Select(group => new { group.Key.Decided, group.Key.DecidedById, Count = group.Count(), First = group.Min(d => d.DecidedUtc), Last = group.Max(d => d.DecidedUtc) })
            .ToListAsync(cancellationToken);
        var deciders = decisions.ConvertAll(decision => decision.DecidedById);
        var names = await db.Users.Where(user => deciders.Contains(user.Id)).ToDictionaryAsync(user => user.Id, user => user.Email, cancellationToken);
        return new CertificateContent
        {
            Edition = mailing.Month,
            Kind = mailing.Kind,
            Number = mailing.Number,
            State = mailing.State,
            Revision = mailing.Revision,
            EditionSha256 = mailing.Sha256,
            StartedBy = mailing.By,
            Transport = mailing.Transport,
            PublicUrl = mailing.PublicUrl,
            ScheduledFor = mailing.ScheduledForUtc,
            Started = mailing.StartedUtc,
            FirstAttempt = mailing.First,
            LastSettled = mailing.Last,
            Ended = mailing.EndedUtc,
            Enrolled = groups.Sum(outcome => outcome.Count),
            Accepted = Sum(groups, IsAccepted),
            CountedAsSent = Sum(groups, IsCounted),
            Failed = Sum(groups, outcome => outcome.State == DeliveryState.Failed),
            Skipped = Sum(groups, outcome => outcome.State == DeliveryState.Skipped),
            Open = Sum(groups, outcome => DeliveryTransitions.Open.Contains(outcome.State)),
            Variants = [.. variants.Select(variant => Of(variant.Sectors, variant.Subject, variant.Sha256, groups.FindAll(outcome => outcome.VariantId == variant.Id)))],
            Outcomes = [.. groups
                .GroupBy(outcome => (outcome.State, outcome.Code, outcome.Fault, outcome.Decided))
                .OrderBy(group => group.Key.State).ThenBy(group => group.Key.Code).ThenBy(group => group.Key.Fault).ThenBy(group => group.Key.Decided)
                .Select(group => new CertificateOutcome(group.Key.State, group.Key.Code, group.Key.Fault, group.Key.Decided, group.Sum(outcome => outcome.Count)))],
            Decisions = [.. decisions
                .OrderBy(decision => decision.Decided).ThenBy(decision => decision.DecidedById)
                .Select(decision => new CertificateDecision(
                    decision.Decided!.Value, decision.DecidedById is { } id ? names.GetValueOrDefault(id) : null, decision.Count, decision.First, decision.Last))],
        };
    }

    private static CertificateVariant Of(string sectors, string subject, string sha256, List<Outcome> outcomes) => new(
        sectors, subject, sha256, outcomes.Sum(outcome => outcome.Count), Sum(outcomes, IsAccepted), Sum(outcomes, IsCounted),
        Sum(outcomes, outcome => outcome.State == DeliveryState.Failed), Sum(outcomes, outcome => outcome.State == DeliveryState.Skipped));

    private static int Sum(IReadOnlyList<Outcome> outcomes, Func<Outcome, bool> isOne) => outcomes.Where(isOne).Sum(outcome => outcome.Count);

    private static bool IsAccepted(Outcome outcome) => outcome.State == DeliveryState.Sent && outcome.Decided != DeliveryAct.CountAsSent;

    private static bool IsCounted(Outcome outcome) => outcome is { State: DeliveryState.Sent, Decided: DeliveryAct.CountAsSent };

    private sealed record Outcome(int VariantId, DeliveryState State, int? Code, DeliveryFault? Fault, DeliveryAct? Decided, int Count);
}
