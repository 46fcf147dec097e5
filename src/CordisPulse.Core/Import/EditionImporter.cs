using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Hosting;
using CordisPulse.Core.Site;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Import;

/// <summary>Brings an edition in from a file: first what was recognised, to be looked at, then the rows.</summary>
public sealed class EditionImporter(PulseDbContext db, Publisher publisher, ImportedRows rows, IOptions<SiteOptions> site, TimeProvider clock)
{
    /// <summary>Reads the file with the names of the catalogue. Nothing is saved.</summary>
    /// <param name="fileName">Its ending says what kind of file it is.</param>
    /// <param name="month">Null to take the month from the text.</param>
    /// <exception cref="RefusedException">The file cannot be read; the message is one line that says why.</exception>
    public async Task<RecognisedEdition> RecogniseAsync(string fileName, Stream content, EditionMonth? month, CancellationToken cancellationToken = default)
    {
        var file = await EditionFile.ReadAsync(fileName, content, cancellationToken);
        if (file.Refusal is { } refusal)
            throw new RefusedException(refusal);
        return WithAround(EditionRecogniser.Recognise(file.Blocks, await ReadVocabularyAsync(cancellationToken), month), file.Text);
    }

    /// <summary>Saves what was recognised as a draft, and fills what is still blank of the publisher's details.</summary>
    /// <exception cref="RefusedException">No month, or a month that exists and is not to be replaced.</exception>
    public async Task<EditionMonth> SaveAsync(SaveImport import, CancellationToken cancellationToken = default)
    {
        var month = import.Edition.Month ?? throw new RefusedException($"{import.Edition.MonthIsWanted} Give the month, like 2022-03.");
        if (import.Edition.Items.Count == 0 && import.Edition.News.Count == 0)
            throw new RefusedException("Nothing in this file looks like an edition: no item and no news was recognised.");
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var edition = await db.Editions.SingleOrDefaultAsync(e => e.Month == month, cancellationToken);
        if (edition is not null && !import.Replace)
            throw new RefusedException($"There is an edition of {month.Title} ({month}) already. Replace it, or give another month.");

        try
        {
            await rows.WriteAsync(edition, month, import, clock.GetUtcNow().UtcDateTime, cancellationToken);
        }
        catch (DbUpdateException e) when (e is DbUpdateConcurrencyException || e.IsUniqueViolation("Editions", "Month"))
        {
            throw new RefusedException($"Somebody else changed the edition of {month.Title} at this moment. Look again.");
        }

        await publisher.FillBlanksAsync(Details(import.Edition.Publisher), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return month;
    }

    /// <summary>What the file held besides the text comes first: it stood around it.</summary>
    private static RecognisedEdition WithAround(RecognisedEdition edition, FileText file) => edition with
    {
        SetAside = [.. file.SetAside, .. edition.SetAside],
        NeedsALook = [.. file.NeedsALook.Select(reason => new NeedsALook(null, reason)), .. edition.NeedsALook],
        SentIn = file.SentIn,
    };

    private static PublisherBlanks Details(RecognisedPublisher found) => new()
    {
        PostalAddress = found.PostalAddress,
        Telephone = found.Telephone,
        Email = found.Email,
        Website = WithScheme(found.Website),
        SocialLinks = [.. found.SocialLinks.Select(link => new SocialLink { Name = link.Label, Url = link.Url })],
        Boilerplate = string.Join("\n\n", found.Texts.Where(Import.Boilerplate.IsForEveryReader)),
    };

    /// <summary>Signatures give a site without it; links and the settings' form want it.</summary>
    private static string? WithScheme(string? website) => website?.StartsWith("www.", StringComparison.OrdinalIgnoreCase) == true ? "https://" + website : website;

    private async Task<Vocabulary> ReadVocabularyAsync(CancellationToken cancellationToken) => new()
    {
        Sectors = await db.Sectors.AsNoTracking().OrderBy(s => s.Position).Select(s => new NamedEntry(s.Slug, s.Name, s.OtherNames)).ToListAsync(cancellationToken),
        Sections = await db.Sections.AsNoTracking().OrderBy(s => s.Position).Select(s => new NamedEntry(s.Slug, s.Name, s.OtherNames)).ToListAsync(cancellationToken),
        Sources = await db.Sources.AsNoTracking().OrderBy(s => s.Name).Select(s => new NamedEntry(s.Slug, s.Name, s.OtherNames)).ToListAsync(cancellationToken),
        PublisherNames = [(await publisher.GetAsync(cancellationToken)).Name],
        DigestNames = [site.Value.Name],
    };
}

public sealed record SaveImport
{
    public required RecognisedEdition Edition { get; init; }

    /// <summary>The day on which an old edition first appeared.</summary>
    public DateOnly? PublishedOn { get; init; }

    /// <summary>Puts the text in place of an edition's that is there already. What is published stays until it is published again.</summary>
    public bool Replace { get; init; }

    public required int? ById { get; init; }
}
