using System.Globalization;
using System.Text;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace CordisPulse.Core.Rendering;

/// <summary>Writes Markdown as plain text for reading: filled lines, lists with their marks, links as "words &lt;address&gt;".</summary>
public static class MarkdownText
{
    private const int NarrowestColumn = 24;

    /// <param name="resolve">As for <see cref="MarkdownRenderer.ToHtml"/>.</param>
    public static string Write(string markdown, Func<string, string?>? resolve = null)
        => Blocks(MarkdownRenderer.Parse(markdown, resolve), TextLines.Columns, "\n\n").Trim('\n');

    private static string Blocks(ContainerBlock container, int columns, string between)
        => string.Join(between, container.Select(block => Block(block, Math.Max(columns, NarrowestColumn))).Where(text => text.Length > 0));

    private static string Block(Block block, int columns) => block switch
    {
        ListBlock list => List(list, columns),
        QuoteBlock quote => TextLines.Indent(Blocks(quote, columns - 2, "\n\n"), "> ", "> "),
        Table table => string.Join('\n', table.OfType<TableRow>().Select(row => TextLines.Wrap(string.Join(" | ", row.OfType<TableCell>().Select(cell => Blocks(cell, columns, " "))), columns))),
        ContainerBlock container => Blocks(container, columns, "\n\n"),
        CodeBlock code => code.Lines.ToString().TrimEnd(),
        ThematicBreakBlock => "* * *",
        LeafBlock { Inline: { } inline } => TextLines.Wrap(Inlines(inline), columns),
        _ => "",
    };

    private static string List(ListBlock list, int columns)
    {
        var number = list.IsOrdered && int.TryParse(list.OrderedStart, NumberStyles.None, CultureInfo.InvariantCulture, out var start) ? start : 1;
        return string.Join(list.IsLoose ? "\n\n" : "\n", list.OfType<ListItemBlock>().Select((entry, index) =>
        {
            var mark = list.IsOrdered ? string.Create(CultureInfo.InvariantCulture, $"{number + index}. ") : "- ";
            return TextLines.Indent(Blocks(entry, columns - mark.Length, list.IsLoose ? "\n\n" : "\n"), mark, new string(' ', mark.Length));
        }));
    }

    private static string Inlines(ContainerInline container)
    {
        var text = new StringBuilder();
        foreach (var inline in container)
            text.Append(inline switch
            {
                LiteralInline literal => literal.Content.ToString(),
                CodeInline code => code.Content,
                HtmlEntityInline entity => entity.Transcoded.ToString(),
                AutolinkInline link => $"<{link.Url}>",
                LineBreakInline { IsHard: true } => "\n",
                LineBreakInline => " ",
                LinkInline link => Link(link),
                ContainerInline children => Inlines(children),
                _ => "",
            });
        return text.ToString();
    }

    private static string Link(LinkInline link)
    {
        var words = Inlines(link);
        return words == link.Url || link.IsAutoLink ? $"<{link.Url}>" : $"{words} <{link.Url}>";
    }
}
