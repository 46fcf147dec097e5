using System.Text;

namespace CordisPulse.Core.Import;

/// <summary>The Markdown of one line without its marks: plain text, and the links that stood in it.</summary>
internal sealed record HeadingText(string Plain, IReadOnlyList<HeadingLink> Links)
{
    public static HeadingText Parse(string markdown)
    {
        var plain = new StringBuilder();
        List<HeadingLink> links = [];
        Append(markdown.Trim(), plain, links);
        var text = string.Join(' ', plain.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return new HeadingText(text, links);
    }

    private static void Append(string markdown, StringBuilder plain, List<HeadingLink> links)
    {
        for (var i = 0; i < markdown.Length; i++)
        {
            var c = markdown[i];
            if (c == '\\' && i + 1 < markdown.Length && (char.IsPunctuation(markdown[i + 1]) || char.IsSymbol(markdown[i + 1])))
                plain.Append(markdown[++i]);
            else if (c == '[' && Link(markdown, i) is { } link)
            {
                var inner = Parse(link.Text);
                links.AddRange(inner.Links);
                links.Add(new HeadingLink(inner.Plain, link.Url));
                plain.Append(inner.Plain);
                i = link.End;
            }
            else if (c == '<' && Autolink(markdown, i) is { } url)
            {
                links.Add(new HeadingLink("", url));
                i += url.Length + 1;
            }
            else if (c == 'h' && (i == 0 || char.IsWhiteSpace(markdown[i - 1]) || markdown[i - 1] == '(') && BareUrl(markdown, i) is { } bare)
            {
                links.Add(new HeadingLink("", bare));
                i += bare.Length - 1;
            }
            else if (!IsEmphasis(markdown, i))
                plain.Append(c);
        }
    }

    public static (string Text, string Url, int End)? Link(string markdown, int open)
    {
        var depth = 0;
        var close = -1;
        for (var i = open; i < markdown.Length && close < 0; i++)
            if (markdown[i] == '\\')
                i++;
            else if (markdown[i] == '[')
                depth++;
            else if (markdown[i] == ']' && --depth == 0)
                close = i;
        if (close < 0 || close + 1 >= markdown.Length || markdown[close + 1] != '(')
            return null;
        depth = 0;
        for (var i = close + 1; i < markdown.Length; i++)
            if (markdown[i] == '(')
                depth++;
            else if (markdown[i] == ')' && --depth == 0)
                return (markdown[(open + 1)..close], markdown[(close + 2)..i].Trim().Trim('<', '>'), i);
        return null;
    }

    private static string? Autolink(string markdown, int open)
        => markdown.IndexOf('>', open) is var close && close > open && markdown[(open + 1)..close] is var url && IsWebAddress(url) ? url : null;

    private static string? BareUrl(string markdown, int start)
    {
        var end = start;
        while (end < markdown.Length && !char.IsWhiteSpace(markdown[end]))
            end++;
        var url = markdown[start..end].TrimEnd('.', ',', ';', ')');
        return IsWebAddress(url) ? url : null;
    }

    private static bool IsWebAddress(string text)
        => (text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase)) && !text.Any(char.IsWhiteSpace);

    /// <summary>A star is emphasis unless it stands alone; an underscore only at the edge of a word.</summary>
    private static bool IsEmphasis(string text, int i)
    {
        var before = i == 0 || char.IsWhiteSpace(text[i - 1]);
        var after = i + 1 == text.Length || char.IsWhiteSpace(text[i + 1]);
        return text[i] switch
        {
            '*' => !(before && after) && text.AsSpan().Count('*') > 1,
            '_' => before != after && text.AsSpan().Count('_') > 1,
            _ => false,
        };
    }
}

internal sealed record HeadingLink(string Text, string Url);
