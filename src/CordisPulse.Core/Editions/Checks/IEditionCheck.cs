using CordisPulse.Core.Editions.Covered;
using CordisPulse.Core.Editions.Links;
using CordisPulse.Core.Hosting;
using CordisPulse.Core.Rendering;
using CordisPulse.Core.Site;

namespace CordisPulse.Core.Editions.Checks;

/// <summary>One question put to an edition. A check knows nothing but what it is given, so that it can run anywhere at any time.</summary>
public interface IEditionCheck
{
    IEnumerable<Finding> Check(CheckedEdition edition);
}

/// <summary>A check that needs nothing but the words and whose edition they are of, so that it can run while they are typed.</summary>
public interface ITextCheck : IEditionCheck;

/// <summary>An edition and what the checks may know besides.</summary>
public sealed record CheckedEdition
{
    public required EditionDocument Document { get; init; }

    /// <summary>The day on which it reaches readers: today, or the day on which it first appeared elsewhere.</summary>
    public required DateOnly ReadOn { get; init; }

    /// <summary>Now, when an edition would reach its readers at the earliest.</summary>
    public required DateTime NowUtc { get; init; }

    /// <summary>For items under an embargo, by their key, when it ends.</summary>
    public IReadOnlyDictionary<int, DateTime> Embargoes { get; init; } = new Dictionary<int, DateTime>();

    /// <summary>For each item, by its key, those that cover the same report, in this edition or another.</summary>
    public IReadOnlyDictionary<int, IReadOnlyList<CoveredItem>> Covered { get; init; } = new Dictionary<int, IReadOnlyList<CoveredItem>>();

    /// <summary>For each web address of the edition that was looked at, what was seen there.</summary>
    public IReadOnlyDictionary<string, SeenLink> Seen { get; init; } = new Dictionary<string, SeenLink>();

    /// <summary>What the digest is called (<c>Site:Name</c>).</summary>
    public string SiteName { get; init; } = new SiteOptions().Name;

    /// <summary>Whose e-mail address and telephone number our own texts may give; null when nobody has said.</summary>
    public PublisherView? Publisher { get; init; }

    /// <summary>Size of the mail's HTML part in bytes.</summary>
    public int MailHtmlBytes { get; init; }

    /// <summary>An edition from before CordisPulse has lost links that nobody can mend.</summary>
    public FindingSeverity LinkSeverity => Document.FirstPublishedElsewhere ? FindingSeverity.Warning : FindingSeverity.Error;

    /// <summary>Every Markdown text of the edition with its place.</summary>
    public IReadOnlyList<CheckedText> Texts => field ??=
    [
        new(FindingPlace.Introduction, null, null, Document.Introduction),
        .. Document.News.Select(news => new CheckedText(FindingPlace.News, news.NewsItemId, news.Title, news.Body)),
        .. Document.Items.Select(placed => new CheckedText(FindingPlace.Item, placed.Item.ItemId, placed.Item.Title, placed.Item.Summary)),
    ];

    /// <summary>Every link with its place; of several in one text that lead to the same address, the first.</summary>
    public IReadOnlyList<CheckedLink> Links => field ??=
    [
        .. Document.News.Select(news => new CheckedLink(FindingPlace.News, news.NewsItemId, news.Title, FindingField.Link, news.Url ?? "", null)),
        .. Document.Items.Select(placed => new CheckedLink(FindingPlace.Item, placed.Item.ItemId, placed.Item.Title, FindingField.Link, placed.Item.Url ?? "", null)),
        .. Texts.SelectMany(text => text.Links
            .DistinctBy(link => link.Url)
            .Select(link => new CheckedLink(text.Place, text.Id, text.Title, FindingField.Text, link.Url, link.Text))),
    ];

    internal static Finding OfItem(DocumentItem item, FindingField field, string kind, FindingSeverity severity, string message)
        => new() { Kind = kind, Severity = severity, Place = FindingPlace.Item, Field = field, Id = item.ItemId, Title = item.Title, Message = message };

    internal static Finding OfNews(DocumentNews news, FindingField field, string kind, FindingSeverity severity, string message)
        => new() { Kind = kind, Severity = severity, Place = FindingPlace.News, Field = field, Id = news.NewsItemId, Title = news.Title, Message = message };

    internal static Finding OfLink(CheckedLink link, string kind, string message, string? newAddress = null)
        => new()
        {
            Kind = kind,
            Severity = FindingSeverity.Warning,
            Place = link.Place,
            Field = link.Field,
            Id = link.Id,
            Title = link.Title,
            Message = message,
            Address = link.Url,
            NewAddress = newAddress,
        };

    /// <param name="found">The words that are wrong, all of them, so that a decision about them is none about others; null when no words are.</param>
    internal static Finding OfText(CheckedText text, string kind, FindingSeverity severity, string message, IEnumerable<string>? found = null)
        => new()
        {
            Kind = kind,
            Severity = severity,
            Place = text.Place,
            Field = FindingField.Text,
            Id = text.Id,
            Title = text.Title,
            Message = message,
            Part = found is null ? null : ShortHash.OfAll(found),
        };
}

/// <param name="Words">What readers click on; null for the link of the item or news item itself.</param>
public sealed record CheckedLink(FindingPlace Place, int? Id, string? Title, FindingField Field, string Url, string? Words)
{
    /// <summary>As the subject of a sentence.</summary>
    public string Name => string.IsNullOrWhiteSpace(Words) || Words == Url ? Field == FindingField.Link ? "The link" : $"The link to {Url}" : $"The link of “{Words}”";
}

public sealed record CheckedText(FindingPlace Place, int? Id, string? Title, string Markdown)
{
    /// <summary>No person's text is longer, and a proof-reader's patience ends somewhere.</summary>
    private const int LongestRead = 20_000;

    /// <summary>As readers read it, one line a paragraph or list entry.</summary>
    public string Plain => field ??= PlainOf(Markdown);

    public IReadOnlyList<MarkdownLink> Links => field ??= MarkdownLinks.In(Markdown);

    /// <summary>As it was typed.</summary>
    public string Typed => Start(Markdown);

    /// <summary>Links that lead nowhere yet are noted in what readers see, and are no words of the text.</summary>
    public static string PlainOf(string markdown)
    {
        var text = MarkdownRenderer.ToPlainText(markdown).Replace($" ({MarkdownRenderer.LinkNotKept})", "", StringComparison.Ordinal);
        return Start(text);
    }

    public static string Start(string text) => ShortText.Of(text, LongestRead);
}
