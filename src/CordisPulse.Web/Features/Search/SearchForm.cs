using CordisPulse.Core;
using CordisPulse.Core.Editions;
using Microsoft.AspNetCore.Http.Extensions;

namespace CordisPulse.Web.Features.Search;

/// <summary>The search as its address holds it: all text, since any text must get an answer.</summary>
public sealed record SearchForm
{
    /// <summary>What a reader could have meant ends well before this; longer texts are cut.</summary>
    public const int LongestQuery = 300;

    public string? Q { get; init; }

    public string? Sector { get; init; }

    public string? Section { get; init; }

    public string? Source { get; init; }

    public string? From { get; init; }

    public string? To { get; init; }

    public string? Before { get; init; }

    /// <summary>The query as it is shown again and put into links.</summary>
    public string Query => ShortText.Of(Q?.Trim() ?? "", LongestQuery);

    public bool IsCut => Q?.Trim().Length > LongestQuery;

    public EditionMonth? FromMonth => Month(From);

    public EditionMonth? ToMonth => Month(To);

    public bool HasWrongMonth => Wrong(From) || Wrong(To);

    /// <summary>The address of this search with one field changed, from its first page on.</summary>
    public string With(string field, string? value)
    {
        var query = new QueryBuilder();
        foreach (var (name, current) in Fields)
            if ((name == field ? value : current) is { Length: > 0 } kept)
                query.Add(name, kept);
        if (field == "before" && value is not null)
            query.Add(field, value);
        return $"/search{query}";
    }

    public bool AsksNothing => Fields.All(pair => string.IsNullOrEmpty(pair.Value));

    private IEnumerable<KeyValuePair<string, string?>> Fields =>
    [
        new("q", Query), new("sector", Sector), new("section", Section), new("source", Source),
        new("from", FromMonth?.ToString()), new("to", ToMonth?.ToString()),
    ];

    private static EditionMonth? Month(string? text) => EditionMonth.TryParse(text?.Trim(), out var month) ? month : null;

    private static bool Wrong(string? text) => !string.IsNullOrWhiteSpace(text) && Month(text) is null;
}
