using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Site;

/// <summary>The publisher as pages and mails show it.</summary>
public sealed record PublisherView(
    string Name, string? PostalAddress, string? Telephone, string? Email, string? Website, IReadOnlyList<SocialLink> SocialLinks, int Version);

/// <summary>Reads and changes the publisher's details.</summary>
public sealed class Publisher(PulseDbContext db, IOptions<PublisherOptions> options)
{
    public async Task<PublisherView> GetAsync(CancellationToken cancellationToken = default)
    {
        var row = await db.PublisherDetails.AsNoTracking().SingleOrDefaultAsync(cancellationToken) ?? FromSettings();
        return new PublisherView(row.Name, row.PostalAddress, row.Telephone, row.Email, row.Website, row.SocialLinks, row.Version);
    }

    /// <summary>Makes the row from the settings at first start; later starts leave it alone.</summary>
    public async Task InitialiseAsync(CancellationToken cancellationToken = default)
    {
        if (await db.PublisherDetails.AnyAsync(cancellationToken))
            return;
        db.Add(FromSettings());
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (e.IsUniqueViolation("PublisherDetails", "Id"))
        {
            // Another node started at the same moment and was first.
            db.ChangeTracker.Clear();
        }
    }

    private PublisherDetails FromSettings() => new()
    {
        Name = options.Value.Name,
        PostalAddress = options.Value.PostalAddress,
        Telephone = options.Value.Telephone,
        Email = options.Value.Email,
        Website = options.Value.Website,
        SocialLinks = [.. options.Value.SocialLinks],
    };
}
