using CordisPulse.Core.Catalogue;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Hosting;
using CordisPulse.Core.Rendering;
using CordisPulse.Core.Site;
using CordisPulse.Core.Subscriptions;

namespace CordisPulse.Core.Mailings.Messages;

/// <summary>Where a recipient's own links lead.</summary>
public sealed record PersonalLinks(string Preferences, string Unsubscribe);

/// <summary>An edition as the two mail views show it.</summary>
public sealed class EditionMailModel(
    EditionDocument document, string siteName, PublisherView publisher, SiteLinks links, PersonalLinks personal, BasisNotice? notice, MailMarkdown markdown)
{
    public EditionDocument Document => document;

    public string SiteName => siteName;

    public PublisherView Publisher => publisher;

    public PersonalLinks Personal => personal;

    /// <summary>Null for readers who know how they came to be on the list.</summary>
    public BasisNotice? Notice => notice;

    /// <summary>Where the address of a reader whom staff put on the list is from, and why they are written to: PECR and article 14 of the UK GDPR.</summary>
    public static string NoticeFrom(BasisNotice notice)
        => $"We have your address from: {notice.ObtainedFrom.TrimEnd('.')}{(notice.ObtainedOn is { } on ? $" ({Day(on)})" : "")}.";

    public string NoticeWhy(BasisNotice of) => of.Ground switch
    {
        ConsentGround.Consent => $"You agreed to get {siteName}, which comes once a month.",
        ConsentGround.SoftOptIn => $"You get {siteName}, which comes once a month, because you have been a client of {publisher.Name}.",
        _ => $"We send you {siteName}, which comes once a month, because we believe that it is of use to your organisation; the law calls this our legitimate interest.",
    };

    public string Privacy => links.Privacy;

    public string WebPage => links.Edition(document.Month);

    public string Subscribe => links.Subscribe;

    public string Address => string.Join(", ", (publisher.PostalAddress ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The sectors' colours in this edition, each once.</summary>
    public IReadOnlyList<(int Index, SectorColour Colour)> Colours { get; } =
        [.. document.Sectors.Select(sector => sector.Colour).Distinct().Select(colour => (colour, SectorColours.Of(colour)))];

    public string ItemPage(DocumentItem item) => links.Item(document.Month, item.Slug);

    public static string? Openable(string? url) => MarkdownRenderer.IsWebLink(url) ? url : null;

    public string Html(string text, int topHeading) => markdown.ToHtml(text, topHeading);

    public string Text(string text) => markdown.ToText(text);

    public static string Wrapped(string text) => string.Join('\n', MailMarkdown.Wrap(text));

    public static string Day(DateOnly day) => day.ToString("d MMMM yyyy", System.Globalization.CultureInfo.InvariantCulture);
}
