namespace CordisPulse.Core.Citations;

/// <summary>
/// What reference managers and scholarly search engines read in the head of a page: the tags that Highwire Press began and Google Scholar
/// documents, and a type by Dublin Core for those that know a work by that.
/// </summary>
public static class CitationTags
{
    /// <param name="citation">The work that the page is about.</param>
    /// <param name="page">The page's own address, which may be another than the work's.</param>
    /// <param name="number">Of the work among those of its publisher; null when it has none.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(Citation citation, string page, string? number = null)
    {
        var tags = new List<KeyValuePair<string, string>>();
        Add("citation_title", citation.Title);
        // An organisation is named by the next but one: as an author, half of its name would be taken for a family's.
        foreach (var author in citation.Authors.Where(author => author.Family is not null || author.Whole != citation.Institution))
            Add("citation_author", citation.Authors.Count == 1 && author is { Family: { } family, Given: { } given } && family.Contains(' ') && given.Contains(' ')
                // Alone, such a name is read as two by those who part names at commas.
                ? $"{given} {family}"
                : author.Sorted);
        Add("citation_publication_date", citation.Date?.ToString().Replace('-', '/'));
        Add("citation_technical_report_institution", citation.Institution);
        Add("citation_technical_report_number", number);
        Add("citation_doi", citation.Doi);
        Add("citation_public_url", citation.Url ?? page);
        Add("citation_abstract_html_url", page);
        Add("DC.type", "report");
        return tags;

        void Add(string name, string? content)
        {
            if (!string.IsNullOrWhiteSpace(content))
                tags.Add(new(name, content));
        }
    }
}
