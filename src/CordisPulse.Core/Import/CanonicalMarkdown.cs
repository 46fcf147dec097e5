using System.Text;

namespace CordisPulse.Core.Import;

/// <summary>
/// Markdown that somebody typed, in the one form that <see cref="InlineMarkdown"/> writes too: no escape where none is needed, and
/// emphasis around a link, not within. So an edition reads the same from every type of file.
/// </summary>
internal static class CanonicalMarkdown
{
    public static Block Of(Block block) => block switch
    {
        HeadingBlock heading => heading with { Text = Line(heading.Text) },
        ParagraphBlock paragraph => paragraph with { Lines = [.. paragraph.Lines.Select(Line)] },
        ListBlock list => list with { Entries = [.. list.Entries.Select(entry => entry with { Blocks = [.. entry.Blocks.Select(Of)] })] },
        VerbatimBlock { Text: ['>', ..] } quotation => quotation with { Text = string.Join('\n', quotation.Text.Split('\n').Select(Quoted)) },
        _ => block,
    };

    private static string Quoted(string line) => line.StartsWith("> ", StringComparison.Ordinal) ? "> " + Line(line[2..]) : line;

    public static string Line(string line)
    {
        if (line.AsSpan().IndexOfAny('\\', '[') < 0 || line.Contains('`', StringComparison.Ordinal))
            return line;
        var canonical = new StringBuilder(line.Length);
        for (var i = 0; i < line.Length; i++)
            if (line[i] == '[' && HeadingText.Link(line, i) is { } link)
            {
                Append(link.Text, line[(i + link.Text.Length + 2)..(link.End + 1)], canonical);
                i = link.End;
            }
            else if (line[i] == '\\' && i + 1 < line.Length)
            {
                if (IsNeeded(line, i))
                    canonical.Append('\\');
                canonical.Append(line[++i]);
            }
            else
            {
                canonical.Append(line[i]);
            }

        return canonical.ToString();
    }

    /// <summary>Words that are wholly emphasised within a link stand in it, and the link in the emphasis.</summary>
    private static void Append(string words, string target, StringBuilder canonical)
    {
        var mark = Mark(words);
        canonical.Append(mark).Append('[').Append(words, mark.Length, words.Length - (2 * mark.Length)).Append(']').Append(target).Append(mark);
    }

    private static string Mark(string words)
    {
        foreach (var mark in (string[])["**", "*"])
            if (words.Length > mark.Length * 2 && words.StartsWith(mark, StringComparison.Ordinal) && words.EndsWith(mark, StringComparison.Ordinal)
                && words.AsSpan(mark.Length, words.Length - (mark.Length * 2)) is var inner && !inner.Contains('*') && !inner.Contains('\\') && inner[0] != ' ' && inner[^1] != ' ')
                return mark;
        return "";
    }

    /// <summary>At the beginning of a line, and before a mark that ends nothing, an escape may keep the line from being something else.</summary>
    private static bool IsNeeded(string line, int i)
    {
        var mark = line[i + 1];
        var start = line.AsSpan(0, i).Trim().TrimStart("0123456789");
        if (start.IsEmpty || mark is not ('\\' or '*' or '_' or '<' or '&' or '#' or '>' or '.' or '-' or '+'))
            return true;
        var next = i + 2 < line.Length ? line[i + 2] == '\\' && i + 3 < line.Length ? line[i + 3] : line[i + 2] : ' ';
        return InlineMarkdown.IsRead(mark, line[i - 1], next, line.AsSpan(i + 2), inLink: false);
    }
}
