using System.Text;
using System.Text.RegularExpressions;
using CordisPulse.Core.Editions;
using Markdig;
using Markdig.Syntax;

namespace CordisPulse.Core.Rendering;

/// <summary>
/// An edition as Markdown, in the form that an import reads back: months at level 1, news and sectors at 2, sections and news items
/// at 3, items at 4, and whatever headings a text has of its own below them.
/// </summary>
public static partial class EditionMarkdown
{
    private const int HeadingInText = 5;

    private static readonly MarkdownPipeline Plain = new MarkdownPipelineBuilder().Build();

    /// <param name="publisher">Its name heads the news.</param>
    public static string Write(EditionDocument edition, string publisher)
    {
        var text = new StringBuilder();
        Block(text, $"# {Line(edition.Title)}");
        foreach (var correction in edition.Corrections ?? [])
            Block(text, $"**{correction.Heading}** {Line(correction.Text)}");
        Block(text, Body(edition.Introduction));
        if (edition.SignOff is { } signOff)
            Block(text, signOff.Role is { Length: > 0 } role ? $"**{Line(signOff.Name)}**\n{Line(role)}" : $"**{Line(signOff.Name)}**");
        if (edition.News.Count > 0)
            Block(text, $"## {Line(publisher)} News");
        foreach (var news in edition.News)
        {
            Block(text, $"### {Title(news.Title, news.Url)}");
            Block(text, Body(news.Body));
        }

        foreach (var sector in edition.Sectors)
        {
            Block(text, $"## {Line(sector.Name)}");
            foreach (var section in sector.Sections)
            {
                Block(text, $"### {Line(section.Name)}");
                foreach (var item in section.Items)
                    Item(text, item);
            }
        }

        return text.ToString().TrimEnd() + "\n";
    }

    private static void Item(StringBuilder text, DocumentItem item)
    {
        var title = Title(item.Title, item.Url);
        Block(text, item.Source is { Length: > 0 } source ? $"#### {Line(source)}. {title}" : $"#### {title}");
        string?[] details =
        [
            item.Authors.Count > 0 ? $"Authors: {string.Join("; ", item.Authors.Select(Line))}" : null,
            item.PublishedOn is { } date ? $"Published: {date}" : null,
            item.Doi is { Length: > 0 } doi ? $"DOI: {Line(doi)}" : null,
            item.Topics is { Count: > 0 } topics ? $"Topics: {string.Join("; ", topics.Select(topic => Line(topic.Name)))}" : null,
        ];
        if (details.Any(detail => detail is not null))
            Block(text, $"*{string.Join(". ", details.Where(detail => detail is not null))}*");
        Block(text, Body(item.Summary));
    }

    private static void Block(StringBuilder text, string block)
    {
        if (block.Length > 0)
            text.Append(block).Append("\n\n");
    }

    private static string Title(string title, string? url)
    {
        if (string.IsNullOrWhiteSpace(url))
            return Line(title);
        var target = Spaces().Replace(url.Trim(), "%20");
        return target.AsSpan().ContainsAny('(', ')', '<') ? $"[{Line(title)}](<{target.Replace("<", "%3C", StringComparison.Ordinal).Replace(">", "%3E", StringComparison.Ordinal)}>)" : $"[{Line(title)}]({target})";
    }

    /// <summary>Plain text as one line of Markdown.</summary>
    private static string Line(string text) => Marks().Replace(Spaces().Replace(text.Trim(), " "), @"\$0");

    /// <summary>A Markdown text whose own headings stand below every heading of the edition.</summary>
    private static string Body(string markdown)
    {
        var text = markdown.ReplaceLineEndings("\n").Trim();
        var headings = MarkdownParser.Parse(text, Plain).Descendants<HeadingBlock>().ToList();
        if (headings.Count == 0)
            return text;
        var top = headings.Min(heading => heading.Level);
        foreach (var heading in headings.OrderByDescending(heading => heading.Span.Start))
        {
            var level = Math.Min(6, HeadingInText + heading.Level - top);
            var source = text.Substring(heading.Span.Start, heading.Span.Length);
            // A heading underlined with === or --- ends in that line; the lines above it are its text.
            var words = source.StartsWith('#') ? source.Trim('#', ' ', '\t') : Spaces().Replace(source[..source.LastIndexOf('\n')].Trim(), " ");
            text = string.Concat(text.AsSpan(0, heading.Span.Start), $"{new string('#', level)} {words}", text.AsSpan(heading.Span.End + 1));
        }

        return text;
    }

    [GeneratedRegex(@"[\\`*_\[\]<]")]
    private static partial Regex Marks();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
