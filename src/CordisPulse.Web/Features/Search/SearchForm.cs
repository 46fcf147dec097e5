using System.Globalization;
using CordisPulse.Core;
using CordisPulse.Core.Archive.Search;
using CordisPulse.Core.Editions;
using Microsoft.AspNetCore.Http.Extensions;

namespace CordisPulse.Web.Features.Search;

/// <summary>The search as its address holds it: all text, since any text must get an answer.</summary>
public sealed record SearchForm
{
    /// <summary>What a reader could have meant ends well before this; longer texts are cut.</summary>
    public const int LongestQuery = 300;

    private const string ByDate = "date";

    public string? Q { get; init; }

    public string? Sector { get; init; }

    public string? Section { get; init; }

    public string? Source { get; init; }

    public string? Year { get; init; }

    public string? From { get; init; }

    public string? To { get; init; }

    public string? Sort { get; init; }

    public string? Page { get; init; }

    /// <summary>The query as it is shown again and put into links.</summary>
    public string Query => ShortText.Of(Q?.Trim() ?? "", LongestQuery);

    public bool IsCut => Q?.Trim().Length > LongestQuery;

    public EditionMonth? FromMonth => Month(From);

    public EditionMonth? ToMonth => Month(To);

    public bool HasWrongMonth => Wrong(From) || Wrong(To);

    public bool IsByDate => Sort == ByDate;

    /// <summary>0 for what is no page.</summary>
    public int PageNumber => string.IsNullOrEmpty(Page) ? 1 : int.TryParse(Page, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    public bool AsksNothing => Narrowing.All(pair => string.IsNullOrEmpty(pair.Value)) && Query.Length == 0;

    /// <summary>The address of this search with one field changed, from its first page on.</summary>
    /// <param name="field">As the address names it.</param>
    /// <param name="value">Null to leave it out.</param>
    public string With(string field, string? value) => With(field, value, "/search");

    /// <summary>The address of the same search under another name, such as that of its feed, relative to the site's.</summary>
    public string As(string path, int page = 1) => With("page", page == 1 ? null : page.ToString(CultureInfo.InvariantCulture), path);

    /// <summary>The address of the same words everywhere.</summary>
    public string Unnarrowed => new SearchForm { Q = Q, Sort = Sort }.With("page", null);

    /// <summary>What a feed of it is called.</summary>
    public string Title => Query.Length > 0 ? $"items on “{Query}”" : "a search";

    private string With(string field, string? value, string path)
    {
        var query = new QueryBuilder();
        foreach (var (name, current) in Fields)
            if ((name == field ? value : current) is { Length: > 0 } kept)
                query.Add(name, kept);
        if (field == "page" && value is not null)
            query.Add(field, value);
        return $"{path}{query}";
    }

    public SearchRequest ToRequest(SearchQuery query) => new()
    {
        Query = query,
        Sector = Asked(Sector),
        Section = Asked(Section),
        Source = Asked(Source),
        Year = YearNumber,
        From = FromMonth,
        To = ToMonth,
        Order = IsByDate ? SearchOrder.Date : SearchOrder.Relevance,
        Page = PageNumber,
    };

    /// <summary>An empty field of the form asks nothing.</summary>
    public static string? Asked(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    /// <summary>What is no year is left out.</summary>
    public int? YearNumber => int.TryParse(Year, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is > 0 and <= 9999 ? year : null;

    private IEnumerable<KeyValuePair<string, string?>> Narrowing =>
    [
        new("sector", Sector), new("section", Section), new("source", Source), new("year", YearNumber?.ToString(CultureInfo.InvariantCulture)),
        new("from", FromMonth?.ToString()), new("to", ToMonth?.ToString()),
    ];

    private IEnumerable<KeyValuePair<string, string?>> Fields => [new("q", Query), .. Narrowing, new("sort", IsByDate ? ByDate : null)];

    private static EditionMonth? Month(string? text) => EditionMonth.TryParse(text?.Trim(), out var month) ? month : null;

    private static bool Wrong(string? text) => !string.IsNullOrWhiteSpace(text) && Month(text) is null;
}
