using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Site;

public sealed record SavePublisher
{
    public required string Name { get; init; }

    public string? PostalAddress { get; init; }

    public string? Telephone { get; init; }

    public string? Email { get; init; }

    public string? Website { get; init; }

    public IReadOnlyList<SocialLink> SocialLinks { get; init; } = [];

    /// <summary>The version that was read.</summary>
    public required int Version { get; init; }

    public required int? ById { get; init; }
}

/// <summary>Saves what staff change in the publisher's details.</summary>
public sealed class PublisherEditor(PulseDbContext db, TimeProvider time)
{
    /// <returns>False when somebody else saved in between, and nothing was saved.</returns>
    public async Task<bool> SaveAsync(SavePublisher save, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var details = await db.PublisherDetails.SingleAsync(cancellationToken);
        var version = db.Entry(details).Property(row => row.Version);
        version.OriginalValue = save.Version;
        version.IsModified = true;
        details.Name = save.Name;
        details.PostalAddress = save.PostalAddress;
        details.Telephone = save.Telephone;
        details.Email = save.Email;
        details.Website = save.Website;
        details.SocialLinks = [.. save.SocialLinks];
        db.Add(Revisions.Of(details, save.Version + 1, save.ById, now));
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            return false;
        }

        await db.RaiseContentVersionAsync(now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }
}
