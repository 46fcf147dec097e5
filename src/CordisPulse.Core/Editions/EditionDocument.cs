using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

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
    };

    /// <summary>The same edition with every item changed.</summary>
    public EditionDocument MapItems(Func<DocumentItem, DocumentItem> change) => this with
    {
        Sectors = [.. Sectors.Select(sector => sector with
        {
            Sections = [.. sector.Sections.Select(section => section with { Items = [.. section.Items.Select(change)] })],
        })],
    };

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

    /// <summary>When the report itself appeared.</summary>
    public PartialDate? PublishedOn { get; init; }

    public string? Doi { get; init; }

    /// <summary>Markdown.</summary>
    public string Summary { get; init; } = "";

    /// <summary>Key of the working row; kept in a published document so that an item stays itself when its slug changes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int ItemId { get; init; }
}

public sealed record PlacedItem(DocumentSector Sector, DocumentSection Section, DocumentItem Item);
