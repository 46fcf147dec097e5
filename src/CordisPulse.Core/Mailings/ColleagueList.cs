using CordisPulse.Core.Data;
using CordisPulse.Core.Subscriptions;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Mailings;

/// <param name="IsRecipient">On the list, so that the mailing's own message goes to them first; others get a copy marked as a test.</param>
public sealed record ColleagueEntry(string Email, bool IsRecipient);

/// <summary>Who gets a mailing before everybody else.</summary>
public sealed class ColleagueList(PulseDbContext db)
{
    public const int Most = 20;

    public Task<List<ColleagueEntry>> ReadAsync(CancellationToken cancellationToken = default)
        => db.Colleagues
            .OrderBy(colleague => colleague.Id)
            .Select(colleague => new ColleagueEntry(
                colleague.Email,
                db.Subscribers.Any(s => s.NormalizedEmail == colleague.NormalizedEmail && s.Status == SubscriberStatus.Active)
                    && !db.Suppressions.Any(x => x.NormalizedEmail == colleague.NormalizedEmail)))
            .ToListAsync(cancellationToken);

    /// <summary>Puts these in the place of those there are.</summary>
    /// <param name="typed">An address a line.</param>
    /// <param name="cancellationToken">Ends the saving.</param>
    /// <exception cref="FieldRefusedException">A line is no address, or there are too many; nothing was saved.</exception>
    public async Task SaveAsync(string? typed, CancellationToken cancellationToken = default)
    {
        var wanted = Parse(typed).DistinctBy(address => address.Normalized).ToList();
        if (wanted.Count > Most)
            throw new FieldRefusedException("Colleagues", $"At most {Most} colleagues can get a mailing first.");
        var present = await db.Colleagues.ToListAsync(cancellationToken);
        db.RemoveRange(present.Where(colleague => wanted.All(address => address.Normalized != colleague.NormalizedEmail)));
        db.AddRange(wanted
            .Where(address => present.All(colleague => colleague.NormalizedEmail != address.Normalized))
            .Select(address => new Colleague { Email = address.Address, NormalizedEmail = address.Normalized }));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (e is DbUpdateConcurrencyException || e.IsUniqueViolation("Colleagues", "NormalizedEmail"))
        {
            db.ChangeTracker.Clear();
            throw new FieldRefusedException("Colleagues", "Somebody else changed the colleagues at the same moment. Save again.");
        }
    }

    private static IEnumerable<EmailAddress> Parse(string? typed)
    {
        foreach (var line in (typed ?? "").Split(['\n', '\r', ',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            yield return EmailAddress.TryParse(line, out var address, out var problem)
                ? address
                : throw new FieldRefusedException("Colleagues", $"“{ShortText.Of(line, 80)}”: {problem}");
    }
}
