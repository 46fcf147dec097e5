namespace CordisPulse.Web.Features;

/// <summary>What a view tells the layout through <c>ViewData</c>. Only a title is needed.</summary>
public static class PageNames
{
    public const string Title = nameof(Title);

    /// <summary>One sentence for search engines and for those who share a link.</summary>
    public const string Description = nameof(Description);

    /// <summary>The page's one true address, relative to the site's.</summary>
    public const string Canonical = nameof(Canonical);

    /// <summary>Open Graph type; a website when left out.</summary>
    public const string Type = nameof(Type);

    /// <summary>Address and title of a feed of this page's own, as a <see cref="FeedLink"/>.</summary>
    public const string Feed = nameof(Feed);

    /// <summary>True for a page that search engines should leave out.</summary>
    public const string Unlisted = nameof(Unlisted);

    /// <summary>Where this page's text is worked on, as a <see cref="DeskLink"/>: shown to staff who are signed in. Only on pages of published content.</summary>
    public const string Desk = nameof(Desk);

    /// <summary>Address of the style sheet, when it is not the usual one.</summary>
    public const string Styles = nameof(Styles);

    /// <summary>True where nothing may be read from the database: the page that says that something went wrong.</summary>
    public const string Bare = nameof(Bare);
}

/// <summary><paramref name="Path"/> is relative to the site's address.</summary>
public sealed record FeedLink(string Title, string Path);

/// <inheritdoc cref="FeedLink"/>
public sealed record DeskLink(string Text, string Path);
