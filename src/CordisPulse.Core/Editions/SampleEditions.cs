using CordisPulse.Core.Data;
using CordisPulse.Core.Import;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Editions;

/// <summary>The editions that come with the program, for trying it: Markdown files read by the importer, and published.</summary>
public sealed class SampleEditions(PulseDbContext db, EditionImporter importer, EditionPublisher publisher)
{
    private const string Folder = "Samples/";

    /// <summary>Loads them into a database that holds no edition; leaves any other alone.</summary>
    /// <returns>How many were loaded.</returns>
    public async Task<int> LoadAsync(CancellationToken cancellationToken = default)
    {
        if (await db.Editions.AnyAsync(cancellationToken))
            return 0;
        var assembly = typeof(SampleEditions).Assembly;
        var files = assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        foreach (var file in files)
        {
            await using var content = assembly.GetManifestResourceStream(file)!;
            var month = EditionMonth.Parse(Path.GetFileNameWithoutExtension(file), null);
            var recognised = await importer.RecogniseAsync(file, content, month, cancellationToken);
            await importer.SaveAsync(new SaveImport { Edition = recognised, ById = null }, cancellationToken);
            // A digest appears in the first days of the month after the one it reports on.
            var publishedUtc = month.AddMonths(1).FirstDay.AddDays(3).ToDateTime(new TimeOnly(9, 0), DateTimeKind.Utc);
            await publisher.PublishAsync(new PublishEdition { Month = month, ById = null, ComesWithTheProgram = true, AtUtc = publishedUtc }, cancellationToken);
            db.ChangeTracker.Clear();
        }

        return files.Count;
    }
}
