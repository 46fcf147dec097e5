using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using CordisPulse.Core.Site;

namespace CordisPulse.Core.Editions;

/// <summary>
/// One edition as it reads: the one read model that the web page, the e-mail, the text part, the feeds and the exports
/// are made from, and the JSON that a published edition keeps. Property order is the order of the JSON.
/// </summary>
public sealed record EditionDocument
{
    public required EditionMonth Month { get; init; }

    public required string Title { get; init; }

    /// <summary>What an import recognised as no part of the edition and a person has not yet settled; readers never see it.</summary>
    public IReadOnlyList<DocumentSetAside> SetAside { get; init; } = [];

    public EditionStatus Status { get; init; }

    /// <summary>When readers could first read it, in UTC; midnight of the day when an old edition gives only a date.</summary>
    public DateTime? PublishedAt { get; init; }

    /// <summary>The day of that in the United Kingdom; of what does not say, the first of its month.</summary>
    [JsonIgnore]
    public DateOnly FirstDay => PublishedAt is { } at ? UkTime.DateOf(at) : Month.FirstDay;

    /// <summary>True for an edition that first appeared elsewhere (<c>--published-on</c>): links it has lost are no errors, and it is never news.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool FirstPublishedElsewhere { get; init; }

    public required string Subject { get; init; }

    public required string Preheader { get; init; }

    /// <summary>Markdown.</summary>
    public string Introduction { get; init; } = "";

    public DocumentSignOff? SignOff { get; init; }

    public IReadOnlyList<DocumentNews> News { get; init; } = [];

    /// <summary>Only sectors that hold items, in the catalogue's order.</summary>
    public IReadOnlyList<DocumentSector> Sectors { get; init; } = [];

    /// <summary>What was wrong in what readers had seen, oldest first; null while there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<DocumentCorrection>? Corrections { get; init; }

    /// <summary>Every item in reading order with where it stands.</summary>
    [JsonIgnore]
    public IEnumerable<PlacedItem> Items =>
        from sector in Sectors
        from section in sector.Sections
        from item in section.Items
        select new PlacedItem(sector, section, item);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        Converters = { new JsonStringEnumConverter<EditionStatus>() },
        TypeInfoResolver = EditionDocumentJson.Default,
    };

    /// <summary>The same edition with every item changed.</summary>
    public EditionDocument MapItems(Func<DocumentItem, DocumentItem> change) => this with
    {
        Sectors = [.. Sectors.Select(sector => sector with
        {
            Sections = [.. sector.Sections.Select(section => section with { Items = [.. section.Items.Select(change)] })],
        })],
    };

    /// <summary>The same with the keys that its items have now, or had last, in its corrections too.</summary>
    public EditionDocument With(FormerKeys keys) => MapItems(item => item with { ItemId = keys.NowOf(item.ItemId) }) with
    {
        Corrections = Corrections is null ? null : [.. Corrections.Select(correction => correction with { ItemIds = correction.ItemIds is { } ids ? [.. ids.Select(keys.NowOf)] : null })],
    };

    /// <summary>The edition as those get it who want only these sectors, with its introduction and news; the whole when none is named.</summary>
    /// <param name="slugs">Of sectors; one that is not in the edition changes nothing.</param>
    public EditionDocument OnlySectors(IReadOnlyCollection<string> slugs)
    {
        return slugs.Count == 0 ? this : Keeping(sector => sector.Slug is { } slug && slugs.Contains(slug));
    }

    /// <summary>The edition with its introduction and news and these sectors, which may be none.</summary>
    public EditionDocument Keeping(Func<DocumentSector, bool> isWanted)
    {
        var wanted = Sectors.Where(isWanted).ToList();
        // A line that nobody wrote names titles, and must not name those of other sectors.
        return this with { Sectors = wanted, Preheader = HasDefaultPreheader ? DefaultPreheader(wanted) : Preheader };
    }

    /// <summary>Nobody wrote a line for the inbox.</summary>
    [JsonIgnore]
    public bool HasDefaultPreheader => Preheader == DefaultPreheader(Sectors);

    /// <summary>The first titles of each sector in turn, so that a reader of any sector sees something of theirs in the inbox.</summary>
    public static string DefaultPreheader(IReadOnlyList<DocumentSector> sectors)
    {
        const int titles = 3;
        const int lineLength = 200;
        var first = sectors
            .SelectMany(sector => sector.Sections.SelectMany(section => section.Items).Select((item, index) => (item.Title, index)))
            .OrderBy(entry => entry.index)
            .Take(titles)
            .Select(entry => entry.Title)
            .ToList();
        var rest = sectors.Sum(sector => sector.ItemCount) - first.Count;
        var line = string.Join("; ", first);
        if (line.Length > lineLength)
        {
            // A word can be longer than the line: an address, or a script that sets no spaces.
            var end = line.LastIndexOf(' ', lineLength) is > 0 and var space ? space : lineLength;
            line = ShortText.Of(line, end) + "…";
        }

        return rest > 0 ? $"{line}; and {rest} more" : line;
    }

    /// <summary>The corrections of one item, oldest first.</summary>
    public IEnumerable<DocumentCorrection> CorrectionsOf(DocumentItem item)
        => (Corrections ?? []).Where(correction => item.ItemId != 0 && correction.ItemIds?.Contains(item.ItemId) == true);

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>SHA-256 of the JSON, as 64 lower-case hexadecimal digits.</summary>
    public string Fingerprint() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ToJson())));

    /// <summary>The same as long as no word and no order is changed, whether the edition is published or not.</summary>
    public string FingerprintOfText() => (this with { Status = EditionStatus.Draft, PublishedAt = FirstPublishedElsewhere ? PublishedAt : null }).Fingerprint();

    /// <summary>What publishing would freeze, but for the time of a first publication, which nobody knows before.</summary>
    public EditionDocument AsReadersWouldGetIt()
        => this with { Status = EditionStatus.Published, PublishedAt = FirstPublishedElsewhere ? PublishedAt : null, SetAside = [] };

    /// <exception cref="JsonException">The text is not an edition.</exception>
    public static EditionDocument FromJson(string json)
        => JsonSerializer.Deserialize<EditionDocument>(json, Json) ?? throw new JsonException("The text is not an edition.");
}

public enum EditionStatus
{
    Draft,
    Published,
}

public sealed record DocumentSetAside
{
    /// <summary>Slug of the item after which the text stood; null when it stood before the first.</summary>
    public string? After { get; init; }

    public required string Text { get; init; }
}

public sealed record DocumentSignOff(string Name, string? Role);

public sealed record DocumentNews
{
    public required string Title { get; init; }

    public string? Url { get; init; }

    /// <summary>Markdown.</summary>
    public string Body { get; init; } = "";

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? EventOn { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? Deadline { get; init; }

    /// <summary>Key of the working row; for links into the desk.</summary>
    [JsonIgnore]
    public int NewsItemId { get; init; }
}

/// <summary>What readers are told when a published edition is put right.</summary>
public sealed record DocumentCorrection
{
    /// <summary>In UTC.</summary>
    public required DateTime At { get; init; }

    /// <summary>Plain text.</summary>
    public required string Text { get; init; }

    /// <summary>Keys of the working items that it changed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<int>? ItemIds { get; init; }

    /// <summary>Slugs of those items, for readers of the JSON.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Items { get; init; }

    /// <summary>What stands before the text, such as <c>Corrected on 9 March 2022:</c>. An import knows corrections by it.</summary>
    [JsonIgnore]
    public string Heading => HeadingOf(At);

    public static string HeadingOf(DateTime utc) => $"Corrected on {UkTime.Day(utc)}:";
}

/// <summary>Items that nobody has placed yet stand under a sector, or a section, whose slug is null.</summary>
public sealed record DocumentSector
{
    public required string Name { get; init; }

    public required string? Slug { get; init; }

    /// <summary>Index into the checked set of sector colours, from 0.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Colour { get; init; }

    public IReadOnlyList<DocumentSection> Sections { get; init; } = [];

    [JsonIgnore]
    public int ItemCount => Sections.Sum(section => section.Items.Count);
}

public sealed record DocumentSection
{
    public required string Name { get; init; }

    public required string? Slug { get; init; }

    public IReadOnlyList<DocumentItem> Items { get; init; } = [];
}

public sealed record DocumentItem
{
    public string? Source { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SourceSlug { get; init; }

    public required string Title { get; init; }

    public string? Url { get; init; }

    public required string Slug { get; init; }

    public IReadOnlyList<string> Authors { get; init; } = [];

    /// <summary>The authors in one line. A name with a comma needs another mark between it and the next.</summary>
    [JsonIgnore]
    public string AuthorsLine => string.Join(Authors.Any(name => name.Contains(',', StringComparison.Ordinal)) ? "; " : ", ", Authors);

    /// <summary>When the report itself appeared.</summary>
    public PartialDate? PublishedOn { get; init; }

    public string? Doi { get; init; }

    /// <summary>From A to Z; null when it has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<DocumentTopic>? Topics { get; init; }

    /// <summary>Markdown.</summary>
    public string Summary { get; init; } = "";

    /// <summary>Key of the working row; kept in a published document so that an item stays itself when its slug changes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int ItemId { get; init; }
}

public sealed record DocumentTopic(string Name, string Slug);

public sealed record PlacedItem(DocumentSector Sector, DocumentSection Section, DocumentItem Item);

/// <summary>How an edition is read and written, made when the program is built rather than found out at its first page.</summary>
[JsonSerializable(typeof(EditionDocument))]
internal sealed partial class EditionDocumentJson : JsonSerializerContext;
