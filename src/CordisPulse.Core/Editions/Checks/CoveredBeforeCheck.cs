namespace CordisPulse.Core.Editions.Checks;

/// <summary>The same link, or nearly the same title, elsewhere in this edition or in another one.</summary>
internal sealed class CoveredBeforeCheck : IEditionCheck
{
    public IEnumerable<Finding> Check(CheckedEdition edition)
    {
        var before = edition.Covered.Select(item => new Known(item.Title, item.Url, $"in {item.Month.Title}")).ToList();
        foreach (var (_, _, item) in edition.Document.Items)
        {
            var known = new Known(item.Title, item.Url, "earlier in this edition");
            if (known.Link is not null && before.Find(other => other.Link == known.Link) is { } sameLink)
                yield return CheckedEdition.OfItem(item, FindingField.Link, FindingKinds.DuplicateLink, FindingSeverity.Warning,
                    $"The same link stands {sameLink.Where}, under “{sameLink.Title}”.");
            if (before.Find(other => known.Words.IsNearly(other.Words)) is { } sameTitle)
                yield return CheckedEdition.OfItem(item, FindingField.Title, FindingKinds.DuplicateTitle, FindingSeverity.Warning,
                    $"Nearly the same title stands {sameTitle.Where}: “{sameTitle.Title}”.");
            before.Add(known);
        }
    }

    private sealed class Known(string title, string? url, string where)
    {
        public string Title { get; } = title;

        public string? Link { get; } = LinkKey.From(url);

        public TitleWords Words { get; } = TitleWords.Of(title);

        public string Where { get; } = where;
    }
}
