using System.Globalization;
using System.Text;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Hosting;

namespace CordisPulse.Core.Rendering;

/// <summary>
/// An edition as plain text in lines of at most <see cref="TextLines.Columns"/> columns, only an address may be longer, and in the form
/// that an import reads back: two empty lines stand above each title, and the source, named as such, right below it.
/// </summary>
public static class EditionPlainText
{
    /// <summary>What stands before the edition's own address at the end. An import knows it by this.</summary>
    public const string OnTheWeb = "Read this edition on the web:";

    /// <param name="publisher">Its name heads the news.</param>
    /// <param name="links">When given, the text ends with where the edition can be read on the web.</param>
    public static string Write(EditionDocument edition, string publisher, SiteLinks? links = null)
    {
        var resolve = links is null ? null : CrossReferences.ToItems(edition, links);
        var text = new StringBuilder();
        Heading(text, edition.Title, '=');
        foreach (var correction in edition.Corrections ?? [])
            Block(text, TextLines.Wrap($"{correction.Heading} {correction.Text.ReplaceLineEndings(" ")}"));
        Block(text, MarkdownText.Write(edition.Introduction, resolve));
        if (edition.SignOff is { } signOff)
            Block(text, signOff.Role is { Length: > 0 } role ? $"{signOff.Name}\n{role}" : signOff.Name);
        if (edition.News.Count > 0)
            Heading(text, $"News from {publisher}", '=');
        foreach (var news in edition.News)
        {
            Title(text, Linked(news.Title, news.Url));
            Block(text, Dates(news));
            Block(text, MarkdownText.Write(news.Body, resolve));
        }

        foreach (var sector in edition.Sectors)
        {
            Heading(text, sector.Name, '=');
            foreach (var section in sector.Sections)
            {
                Heading(text, section.Name, '-');
                foreach (var item in section.Items)
                    Item(text, item, resolve);
            }
        }

        if (links is not null)
            Block(text, $"{OnTheWeb} {links.Edition(edition.Month)}");
        return text.ToString().TrimEnd() + "\n";
    }

    private static void Item(StringBuilder text, DocumentItem item, Func<string, string?>? resolve)
    {
        var title = MarkdownRenderer.IsWebLink(item.Url) ? Linked(item.Title, item.Url) : $"{item.Title} ({MarkdownRenderer.LinkNotKept})";
        Title(text, item.Source is { Length: > 0 } source ? $"{title}\nSource: {source}" : title);
        string?[] details =
        [
            item.Authors.Count > 0 ? $"Authors: {string.Join("; ", item.Authors)}" : null,
            item.PublishedOn is { } date ? $"Published: {date.ToDisplay()}" : null,
            item.Doi is { Length: > 0 } doi ? $"DOI: {doi}" : null,
            item.Topics is { Count: > 0 } topics ? $"Topics: {string.Join("; ", topics.Select(topic => topic.Name))}" : null,
        ];
        Block(text, TextLines.Wrap(string.Join(". ", details.Where(detail => detail is not null))));
        Block(text, MarkdownText.Write(item.Summary, resolve));
    }

    private static void Title(StringBuilder text, string title) => Block(text.Append('\n'), TextLines.Wrap(title));

    private static string Linked(string title, string? url) => MarkdownRenderer.IsWebLink(url) ? $"{title} <{url}>" : title;

    private static string Dates(DocumentNews news)
    {
        string?[] dates =
        [
            news.EventOn is { } day ? $"On {Day(day)}." : null,
            news.Deadline is { } last ? $"Until {Day(last)}." : null,
        ];
        return string.Join(' ', dates.Where(date => date is not null));
    }

    private static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    private static void Heading(StringBuilder text, string heading, char line)
    {
        var wrapped = TextLines.Wrap(heading);
        var width = wrapped.Split('\n').Max(part => part.Length);
        Block(text, $"{wrapped}\n{new string(line, Math.Min(width, TextLines.Columns))}");
    }

    private static void Block(StringBuilder text, string block)
    {
        if (block.Length > 0)
            text.Append(block).Append("\n\n");
    }
}
