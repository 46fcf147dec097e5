using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Site;

/// <summary>A text of the site: what staff wrote, or else what ships. The body is Markdown.</summary>
public sealed record SitePageText(string Title, string Body);

public sealed class SitePageReader(PulseDbContext db)
{
    /// <summary>Null for a page that there is none of.</summary>
    public async Task<SitePageText?> ReadAsync(string slug, CancellationToken cancellationToken = default)
        => await db.SitePages
            .Where(page => page.Slug == slug)
            .Select(page => new SitePageText(page.Title, page.Body))
            .SingleOrDefaultAsync(cancellationToken)
            ?? ReadDefault(slug);

    /// <summary>The text that ships: a Markdown file whose first line is its title.</summary>
    public static SitePageText? ReadDefault(string slug)
    {
        using var stream = typeof(SitePageReader).Assembly.GetManifestResourceStream($"SitePages/{slug}.md");
        if (stream is null)
            return null;
        using var reader = new StreamReader(stream);
        var title = reader.ReadLine() ?? "";
        return new SitePageText(title.TrimStart('#', ' '), reader.ReadToEnd().Trim());
    }
}
