using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Site;

/// <summary>The publisher as pages and mails show it.</summary>
public sealed record PublisherView(
    string Name, string? PostalAddress, string? Telephone, string? Email, string? Website, IReadOnlyList<SocialLink> SocialLinks, int Version);

/// <summary>Reads and changes the publisher's details.</summary>
public sealed class Publisher(PulseDbContext db, IOptions<PublisherOptions> options, TimeProvider clock)
{
    private PublisherView? _read;

    /// <summary>Read once in a unit of work: a page and its foot name the same publisher.</summary>
    public async Task<PublisherView> GetAsync(CancellationToken cancellationToken = default)
        => _read ??= await ReadAsync(cancellationToken);

    private async Task<PublisherView> ReadAsync(CancellationToken cancellationToken)
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

    /// <summary>Fills in what nobody has given yet; what staff or the settings gave stays.</summary>
    public async Task FillBlanksAsync(PublisherBlanks found, CancellationToken cancellationToken = default)
    {
        await InitialiseAsync(cancellationToken);
        var row = await db.PublisherDetails.SingleAsync(cancellationToken);
        row.PostalAddress = Fill(row.PostalAddress, found.PostalAddress, Limits.Line);
        row.Telephone = Fill(row.Telephone, found.Telephone, Limits.Name);
        row.Email = Fill(row.Email, found.Email, Limits.Email);
        row.Website = Fill(row.Website, found.Website, Limits.Url);
        row.Boilerplate = Fill(row.Boilerplate, found.Boilerplate, Limits.Text);
        if (row.SocialLinks.Count == 0)
            row.SocialLinks.AddRange(found.SocialLinks);
        if (db.ChangeTracker.HasChanges())
            await db.RaiseContentVersionAsync(clock.GetUtcNow().UtcDateTime, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        _read = null;

        static string? Fill(string? present, string? found, int maxLength)
            => string.IsNullOrWhiteSpace(present) && !string.IsNullOrWhiteSpace(found) && found.Length <= maxLength ? found : present;
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

/// <summary>What an import found out about the publisher.</summary>
public sealed record PublisherBlanks
{
    public string? PostalAddress { get; init; }

    public string? Telephone { get; init; }

    public string? Email { get; init; }

    public string? Website { get; init; }

    public IReadOnlyList<SocialLink> SocialLinks { get; init; } = [];

    public string? Boilerplate { get; init; }
}
