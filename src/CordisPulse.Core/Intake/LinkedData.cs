using System.Text.Json;
using AngleSharp.Dom;

namespace CordisPulse.Core.Intake;

/// <summary>What a page says of the report on it in JSON-LD, as far as schema.org has words for it.</summary>
internal sealed record LinkedWork
{
    public string? Title { get; init; }

    public string? Publisher { get; init; }

    public IReadOnlyList<string> Authors { get; init; } = [];

    public string? Published { get; init; }

    public string? Description { get; init; }

    public string? Identifier { get; init; }
}

/// <summary>
/// Finds the report among all that a page describes: what is an article or a report goes before what is any work, and that before the page
/// itself. A thing that is only named (<c>@id</c>) is looked up on the page, once and no further.
/// </summary>
internal sealed class LinkedData
{
    private const int MostThings = 20_000;
    private const int Deepest = 12;

    /// <summary>Types of works, the most telling first.</summary>
    private static readonly string[][] Ranks =
    [
        [
            "Article", "Report", "ScholarlyArticle", "MedicalScholarlyArticle", "NewsArticle", "AnalysisNewsArticle", "ReportageNewsArticle", "OpinionNewsArticle", "TechArticle", "BlogPosting", "Book",
            "Thesis", "Dataset", "Guide", "DigitalDocument",
        ],
        ["CreativeWork"],
        ["WebPage", "MedicalWebPage"],
    ];

    /// <summary>What leads from the page to what it is about; all else may be works that it merely mentions.</summary>
    private static readonly HashSet<string> Holders = new(StringComparer.Ordinal) { "@graph", "mainEntity", "mainEntityOfPage" };

    private readonly Dictionary<string, JsonElement> _named = new(StringComparer.Ordinal);
    private readonly List<JsonElement> _things = [];
    private int _seen;

    public static LinkedWork Of(IDocument document)
    {
        var data = new LinkedData();
        foreach (var script in document.QuerySelectorAll("script[type]").Where(script => script.GetAttribute("type")!.Split(';')[0].Trim().Equals("application/ld+json", StringComparison.OrdinalIgnoreCase)))
        {
            try
            {
                using var json = JsonDocument.Parse(script.TextContent, new JsonDocumentOptions { MaxDepth = 32, AllowTrailingCommas = true });
                data.Collect(json.RootElement.Clone(), 0, isHeld: true);
            }
            catch (Exception e) when (IsUnreadable(e))
            {
                // Many pages hold JSON that is none, or half a character in it; the other tags say the same.
            }
        }

        return data.Works().FirstOrDefault() ?? new LinkedWork();
    }

    private static bool IsUnreadable(Exception e) => e is JsonException or InvalidOperationException;

    private void Collect(JsonElement element, int depth, bool isHeld)
    {
        if (depth > Deepest || _seen++ > MostThings)
            return;
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var entry in element.EnumerateArray())
                Collect(entry, depth + 1, isHeld);
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            if (isHeld)
                _things.Add(element);
            if (Text(element, "name") is not null && Text(element, "@id") is { } id)
                _named.TryAdd(id, element);
            foreach (var property in element.EnumerateObject())
                Collect(property.Value, depth + 1, isHeld && Holders.Contains(property.Name));
        }
    }

    private IEnumerable<LinkedWork> Works()
    {
        foreach (var types in Ranks)
            foreach (var thing in _things)
                if (Read(thing, types) is { } work)
                    yield return work;
    }

    private LinkedWork? Read(JsonElement thing, string[] types)
    {
        try
        {
            return Texts(thing, "@type").Any(type => types.Contains(type[(type.LastIndexOfAny(['/', ':', '#']) + 1)..], StringComparer.OrdinalIgnoreCase))
                && (Text(thing, "headline") ?? Text(thing, "name")) is { } title
                ? new LinkedWork
                {
                    Title = title,
                    Publisher = Names(thing, "publisher").FirstOrDefault(),
                    Authors = [.. Names(thing, "author")],
                    Published = Text(thing, "datePublished"),
                    Description = Text(thing, "abstract") ?? Text(thing, "description"),
                    Identifier = Texts(thing, "identifier").Concat(Texts(thing, "sameAs")).FirstOrDefault(text => HtmlPage.Doi(text) is not null),
                }
                : null;
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            return null;
        }
    }

    private static string? Text(JsonElement element, string name) => Texts(element, name).FirstOrDefault();

    private static IEnumerable<string> Texts(JsonElement element, string name) => !element.TryGetProperty(name, out var value) ? [] : value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Array => value.EnumerateArray().Where(entry => entry.ValueKind == JsonValueKind.String).Select(entry => entry.GetString()!),
        JsonValueKind.Object => Texts(value, "value").Concat(Texts(value, "@value")),
        _ => [],
    };

    /// <summary>A name, a thing with a name or one that is named elsewhere, or several of them.</summary>
    private IEnumerable<string> Names(JsonElement element, string name)
    {
        if (!element.TryGetProperty(name, out var value))
            return [];
        if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty("@list", out var list))
            value = list;
        return (value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : (IEnumerable<JsonElement>)[value]).SelectMany(entry => entry.ValueKind switch
        {
            JsonValueKind.String => [entry.GetString()!],
            JsonValueKind.Object => Texts(entry, "name") is var names && names.Any() ? names
                : Text(entry, "@id") is { } id && _named.TryGetValue(id, out var described) ? Texts(described, "name")
                : [],
            _ => (IEnumerable<string>)[],
        });
    }
}
