using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using CordisPulse.Core.Rendering;
using Microsoft.Extensions.Caching.Memory;

namespace CordisPulse.Core.Mailings.Messages;

/// <summary>
/// The texts of an edition for the two parts of a mail, both made from the sanitised HTML: with its styles on the tags, since mail
/// programs keep no style sheet, and as lines of plain text. Each is made once and kept for a while, since the choices of sectors share
/// their texts and every page of the desk measures the mail.
/// </summary>
public sealed partial class MailMarkdown(MarkdownRenderer markdown) : IDisposable
{
    public const int LineLength = 76;

    /// <summary>Of plain text in a deep list.</summary>
    private const int NarrowestColumn = 24;

    /// <summary>Letters that are kept: some hundred editions.</summary>
    private const int MostKept = 16_000_000;

    private static readonly HtmlParser Parser = new();

    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = MostKept });

    public string ToHtml(string text, int topHeading) => Kept(text, topHeading, () => MakeHtml(text, topHeading));

    public string ToText(string text) => Kept(text, null, () => string.Join('\n', Blocks(Parser.ParseDocument(markdown.ToHtml(text)).Body!, LineLength)));

    /// <param name="topHeading">Null for plain text.</param>
    private string Kept(string text, int? topHeading, Func<string> make)
    {
        var key = (Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text))), topHeading);
        if (_kept.TryGetValue(key, out string? kept))
            return kept!;
        var made = make();
        return _kept.Set(key, made, new MemoryCacheEntryOptions { Size = made.Length + 1 });
    }

    private string MakeHtml(string text, int topHeading)
    {
        var body = Parser.ParseDocument(markdown.ToHtml(text, topHeading)).Body!;
        foreach (var element in body.QuerySelectorAll("*"))
            if (MailStyle.Of(element.LocalName) is { } style)
            {
                element.SetAttribute("style", style.Css);
                if (style.Class is not null)
                    element.SetAttribute("class", style.Class);
            }

        foreach (var table in body.QuerySelectorAll("table"))
        {
            table.SetAttribute("cellpadding", "0");
            table.SetAttribute("cellspacing", "0");
        }

        return body.InnerHtml.Trim();
    }

    public void Dispose() => _kept.Dispose();

    /// <summary>Breaks between words so that a line has at most <paramref name="width"/> characters; longer words, such as links, stay whole.</summary>
    public static IEnumerable<string> Wrap(string text, int width = LineLength)
    {
        foreach (var paragraph in text.Split('\n'))
        {
            var line = new StringBuilder();
            foreach (var word in paragraph.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (line.Length > 0 && line.Length + 1 + word.Length > width)
                {
                    yield return line.ToString();
                    line.Clear();
                }

                if (line.Length > 0)
                    line.Append(' ');
                line.Append(word);
            }

            yield return line.ToString();
        }
    }

    private static List<string> Blocks(INode parent, int columns)
    {
        var width = Math.Max(columns, NarrowestColumn);
        var lines = new List<string>();
        var loose = new StringBuilder();
        foreach (var child in parent.ChildNodes)
        {
            if (child is not IElement element || !IsBlock(element))
            {
                loose.Append(Inline(child));
                continue;
            }

            Flush();
            // Entries of a list and its sub-list stay together.
            var block = Block(element, width);
            if (lines.Count > 0 && block.Count > 0 && parent is not IElement { LocalName: "li" })
                lines.Add("");
            lines.AddRange(block);
        }

        Flush();
        return lines;

        void Flush()
        {
            var text = Tidy(loose);
            loose.Clear();
            if (text.Length == 0)
                return;
            if (lines.Count > 0)
                lines.Add("");
            lines.AddRange(Wrap(text, width));
        }
    }

    private static List<string> Block(IElement element, int width)
    {
        switch (element.LocalName)
        {
            case "ul":
                return [.. element.Children.SelectMany(entry => Indent(Blocks(entry, width - 2), "- ", "  "))];
            case "ol":
                var first = int.TryParse(element.GetAttribute("start"), out var start) ? start : 1;
                return [.. element.Children.SelectMany((entry, i) =>
                {
                    var mark = $"{(long)first + i}. ";
                    return Indent(Blocks(entry, width - mark.Length), mark, new string(' ', mark.Length));
                })];
            case "blockquote":
                return [.. Indent(Blocks(element, width - 2), "> ", "> ")];
            case "pre":
                return [.. element.TextContent.TrimEnd('\n').Split('\n')];
            case "hr":
                return ["* * *"];
            case "table":
                return [.. element.QuerySelectorAll("tr").SelectMany(row =>
                    Wrap(string.Join(" | ", row.Children.Select(cell => Tidy(new StringBuilder(Inline(cell))))), width))];
            default:
                return [.. Wrap(Tidy(new StringBuilder(string.Concat(element.ChildNodes.Select(Inline)))), width)];
        }
    }

    private static IEnumerable<string> Indent(List<string> lines, string first, string rest)
        => lines.Count == 0 ? [first.TrimEnd()] : lines.Select((line, i) => ((i == 0 ? first : rest) + line).TrimEnd());

    private static string Inline(INode node)
    {
        if (node is not IElement element)
            return node is IText text ? text.Data.ReplaceLineEndings(" ") : "";
        if (element.LocalName == "br")
            return "\n";
        var inner = string.Concat(element.ChildNodes.Select(Inline));
        if (element.LocalName != "a" || element.GetAttribute("href") is not { Length: > 0 } href)
            return inner;
        var address = href.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) ? href["mailto:".Length..] : href;
        return inner.Trim() == address || inner.Trim() == href ? address : $"{inner} ({address})";
    }

    private static string Tidy(StringBuilder text) => Blanks().Replace(text.ToString(), " ").Replace(" \n", "\n", StringComparison.Ordinal).Trim();

    private static bool IsBlock(IElement element)
        => element.LocalName is "p" or "ul" or "ol" or "blockquote" or "pre" or "hr" or "table" or "h2" or "h3" or "h4" or "h5" or "h6";

    [GeneratedRegex(@"[ \t\u00a0]+")]
    private static partial Regex Blanks();
}
