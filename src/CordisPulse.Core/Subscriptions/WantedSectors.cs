using System.Globalization;
using CordisPulse.Core.Catalogue;
using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Subscriptions;

/// <summary>What somebody wants of an edition, as <see cref="Subscriber.Sectors"/> holds it: keys of sectors, ascending, with commas between.</summary>
public static class WantedSectors
{
    public const string All = "";

    /// <summary>Two who want the same have the same text, whatever the order they chose it in.</summary>
    public static string Write(IEnumerable<int> ids) => string.Join(',', ids.Distinct().Order().Select(id => id.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Those who get a sector, by their own choice or with all.</summary>
    public static IQueryable<Subscriber> Wanting(IQueryable<Subscriber> people, int sectorId)
    {
        var (key, first, last, midst) = ($"{sectorId}", $"{sectorId},", $",{sectorId}", $",{sectorId},");
        return people.Where(row => row.Sectors == All || row.Sectors == key || row.Sectors.StartsWith(first) || row.Sectors.EndsWith(last) || row.Sectors.Contains(midst));
    }

    /// <summary>What a form's ticks stand for. Whoever wants all there are wants those to come, too.</summary>
    /// <exception cref="RefusedException">One of them is no more.</exception>
    public static async Task<string> ChosenAsync(PulseDbContext db, IReadOnlyCollection<int> ids, CancellationToken cancellationToken)
    {
        var known = await db.Sectors.Select(sector => sector.Id).ToListAsync(cancellationToken);
        if (ids.Any(id => !known.Contains(id)))
            throw new RefusedException("A sector was removed meanwhile. Look at the choice again.");
        return known.TrueForAll(ids.Contains) ? All : Write(ids);
    }

    public static IReadOnlyList<int> Read(string wanted)
        => [.. wanted.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(id => int.Parse(id, CultureInfo.InvariantCulture))];
}

public sealed record SectorChoice(int Id, string Name, string Slug, IReadOnlyList<string> OtherNames)
{
    /// <param name="name">Its name, a name it goes by elsewhere, or its slug.</param>
    public bool IsCalled(string name) => Slug == name || NameKey.Of(Name) == NameKey.Of(name) || OtherNames.Any(other => NameKey.Of(other) == NameKey.Of(name));
}

/// <summary>The sectors as lists and pages name them.</summary>
public sealed record SectorNames(IReadOnlyList<SectorChoice> Choices)
{
    private const string Mark = ";";

    public static async Task<SectorNames> ReadAsync(PulseDbContext db, CancellationToken cancellationToken) => new(await db.Sectors
        .OrderBy(sector => sector.Position).ThenBy(sector => sector.Id)
        .Select(sector => new SectorChoice(sector.Id, sector.Name, sector.Slug, sector.OtherNames))
        .ToListAsync(cancellationToken));

    /// <summary>Names with semicolons between; nothing for all. A sector that is no more is left out.</summary>
    public string Write(string wanted)
        => string.Join(Mark + " ", WantedSectors.Read(wanted).Select(id => Choices.FirstOrDefault(choice => choice.Id == id)?.Name).OfType<string>());

    /// <summary>None for all.</summary>
    public IReadOnlyList<string> Slugs(string wanted)
        => [.. WantedSectors.Read(wanted).Select(id => Choices.FirstOrDefault(choice => choice.Id == id)?.Slug).OfType<string>()];

    /// <param name="names">Names or slugs with semicolons between; nothing for all.</param>
    /// <param name="wanted">As <see cref="Subscriber.Sectors"/> has it.</param>
    /// <returns>What is wrong, as a sentence; null when nothing is.</returns>
    public string? Read(string? names, out string wanted)
    {
        wanted = WantedSectors.All;
        var ids = new List<int>();
        foreach (var name in (names ?? "").Split(Mark, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (Choices.FirstOrDefault(choice => choice.IsCalled(name)) is not { } sector)
                return $"A sector is named that does not exist. The sectors are: {string.Join(Mark + " ", Choices.Select(choice => choice.Name))}.";
            ids.Add(sector.Id);
        }

        wanted = WantedSectors.Write(ids);
        return null;
    }
}
