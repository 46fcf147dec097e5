using System.Text.RegularExpressions;
using AngleSharp.Dom;
using CordisPulse.Core.Editions;

namespace CordisPulse.Core.Intake;

/// <summary>
/// Reads what a page says of itself: the Highwire tags that repositories and journals carry, schema.org in JSON-LD, Open Graph, and
/// last what every page has. What is said for machines goes before what is said for people.
/// </summary>
public static partial class HtmlPage
{
    internal const int LongestTitle = 500;

    /// <summary>What stands further in is no title and no DOI.</summary>
    private const int MostLookedAt = 20_000;

    private const int LongestName = 300;
    private const int LongestDescription = 2000;
    private const int MostAuthors = 30;

    /// <exception cref="SlowHtmlException">It takes too long.</exception>
    public static PageFacts Read(string html, CancellationToken cancellationToken = default)
        => BoundedHtml.Read(BoundedHtml.Shallow(html), (document, _) => Facts(document), cancellationToken);

    private static PageFacts Facts(IDocument document)
    {
        var meta = new MetaTags(document);
        var work = LinkedData.Of(document);
        List<string> titles = [.. new[] { meta["citation_title"], work.Title, meta["og:title"], meta["dc.title"], meta["dcterms.title"], meta["twitter:title"], WithoutSite(document.Title, meta["og:site_name"]), document.QuerySelector("h1")?.TextContent }
            .Select(title => Line(LongestTitle, title)).OfType<string>().Distinct()];
        return new PageFacts
        {
            Title = titles.Find(title => !StandInPage.IsSendingOn(title)),
            Titles = titles,
            Publisher = Line(LongestName, meta["citation_publisher"], meta["citation_technical_report_institution"], meta["dc.publisher"], meta["dcterms.publisher"], work.Publisher, meta["og:site_name"]),
            Authors = [.. Authors(meta, work).Take(MostAuthors)],
            PublishedOn = Date(meta["citation_publication_date"], meta["citation_date"], meta["citation_online_date"], work.Published, meta["article:published_time"], meta["dc.date"], meta["dcterms.issued"], meta["dcterms.created"], meta["govuk:first-published-at"]),
            Doi = Doi(meta["citation_doi"], meta["dc.identifier"], meta["prism.doi"], work.Identifier),
            Description = Line(LongestDescription, meta["citation_abstract"], work.Description, meta["og:description"], meta["description"], meta["dc.description"]),
            SendsOnTo = StandInPage.SendsOnTo(document),
        };
    }

    /// <summary>The first that holds a DOI (ISO 26324): bare, after <c>doi:</c>, or in an address.</summary>
    internal static string? Doi(params string?[] candidates)
        => candidates.OfType<string>().Select(candidate => DoiName().Match(VisibleText.Of(ShortText.Of(candidate, MostLookedAt)))).FirstOrDefault(match => match.Success)?.Value.TrimEnd('.', ',', ';', ')');

    private static PartialDate? Date(params string?[] candidates) => candidates.Select(WrittenDate.Of).FirstOrDefault(date => date is not null);

    private static IEnumerable<string> Authors(MetaTags meta, LinkedWork work)
    {
        var together = meta.All("citation_authors").SelectMany(names => names.Split(';'));
        var named = meta.All("citation_author").Concat(together).Select(GivenFirst).Concat(meta.All("dc.creator")).Concat(work.Authors).ToList();
        return (named.Count > 0 ? named : [.. meta.All("author"), .. meta.All("article:author")])
            .Select(name => Line(LongestName, name))
            .OfType<string>()
            .Where(name => !name.StartsWith("http", StringComparison.OrdinalIgnoreCase))
            .Distinct(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>"Family, Given", as the Highwire tags have a person, turned round. An organisation, and a name with a title behind it, stay as they are.</summary>
    private static string GivenFirst(string name)
        => name.Split(',') is [var family, var given] && FamilyName().IsMatch(family) && GivenNames().IsMatch(given) && !OfOrganisation().IsMatch(name)
            ? $"{given.Trim()} {family.Trim()}"
            : name;

    /// <summary>"Title | Site" and "Title - Site" lose the site that the page names.</summary>
    private static string? WithoutSite(string? title, string? site)
    {
        if (title is null || string.IsNullOrWhiteSpace(site))
            return title;
        foreach (var mark in (string[])[" | ", " - ", " – ", " — ", " :: "])
            if (title.EndsWith(mark + site.Trim(), StringComparison.OrdinalIgnoreCase))
                return title[..^(mark.Length + site.Trim().Length)];
        return title;
    }

    /// <summary>The first that says something, on one line and no longer than a field holds.</summary>
    internal static string? Line(int longest, params string?[] candidates)
    {
        foreach (var candidate in candidates)
        {
            var line = ShortText.Of(Blanks().Replace(VisibleText.Of(ShortText.Of(candidate ?? "", MostLookedAt)), " ").Trim(), longest).TrimEnd();
            if (VisibleText.IsIn(line))
                return line;
        }

        return null;
    }

    [GeneratedRegex(@"\b10\.\d{4,9}(?:\.\d+)*/[^\s""<>\p{C}]+", RegexOptions.CultureInvariant)]
    private static partial Regex DoiName();

    /// <summary>Up to four words of letters.</summary>
    [GeneratedRegex(@"^\s*[\p{L}\p{M}'’.-]+(?:\s+[\p{L}\p{M}'’.-]+){0,3}\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex FamilyName();

    /// <summary>Up to three words of letters that begin with a capital, where the script has any, and are no title behind a name.</summary>
    [GeneratedRegex(@"^\s*(?!(?:Jr|Sr|II|III|IV|Ph\.?D|M\.?D|DPhil|MSc|MA|BA|BSc|CBE|OBE|MBE|KC|QC)\.?\s*$)[\p{Lu}\p{Lo}][\p{L}\p{M}'’.-]*(?:\s+[\p{Lu}\p{Lo}][\p{L}\p{M}'’.-]*){0,2}\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex GivenNames();

    [GeneratedRegex(
        @"\b(?:of|for|and|the|agency|association|authority|bank|board|bureau|cent(?:re|er)|college|commission|committee|council|department|division|faculty|foundation|government|group|inc|institute|laboratory|limited|llc|ltd|ministry|network|NHS|office|organi[sz]ation|partnership|plc|school|service|services|society|team|trust|union|unit|university)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OfOrganisation();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    /// <summary><c>meta</c> elements by <c>name</c> or <c>property</c>, whatever their case.</summary>
    private sealed class MetaTags(IDocument document)
    {
        private readonly ILookup<string, string> _contents = document.QuerySelectorAll("meta[content]")
            .Select(meta => (Name: (meta.GetAttribute("name") ?? meta.GetAttribute("property") ?? "").Trim().ToLowerInvariant(), Content: meta.GetAttribute("content")!))
            .Where(meta => meta.Name.Length > 0 && !string.IsNullOrWhiteSpace(meta.Content))
            .ToLookup(meta => meta.Name, meta => meta.Content);

        public string? this[string name] => _contents[name].FirstOrDefault();

        public IEnumerable<string> All(string name) => _contents[name];
    }
}
