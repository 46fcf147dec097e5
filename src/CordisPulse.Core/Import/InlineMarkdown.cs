using System.Text;

namespace CordisPulse.Core.Import;

/// <summary>A piece of text in one style.</summary>
/// <param name="Link">An address as Markdown can hold it, or null.</param>
internal readonly record struct TextRun(string Text, bool IsBold, bool IsItalic, string? Link);

/// <summary>Writes pieces of text, each in its style, as the Markdown that a person would have typed.</summary>
internal static class InlineMarkdown
{
    public static string Write(IReadOnlyList<TextRun> line)
    {
        var markdown = new StringBuilder();
        Append(Joined(line), markdown, new Open(false, false, false));
        return Marked(markdown.ToString().Trim());
    }

    /// <summary>Neighbours of one style are one piece, and blanks between two are one.</summary>
    private static List<TextRun> Joined(IReadOnlyList<TextRun> line)
    {
        List<TextRun> runs = [];
        var text = new StringBuilder();
        var blank = true;
        for (var i = 0; i < line.Count; i++)
        {
            foreach (var c in line[i].Text)
                if (c is not ' ' || !blank)
                {
                    text.Append(c);
                    blank = c is ' ';
                }

            if (i + 1 < line.Count && line[i + 1] with { Text = "" } == line[i] with { Text = "" })
                continue;
            if (text.Length > 0)
                runs.Add(line[i] with { Text = text.ToString() });
            text.Clear();
        }

        return runs;
    }

    /// <summary>The style that reaches furthest goes outside, so that marks are never crossed.</summary>
    private static void Append(List<TextRun> runs, StringBuilder markdown, Open open)
    {
        for (var i = 0; i < runs.Count;)
        {
            var bold = open.Bold ? 0 : Reach(runs, i, run => run.IsBold);
            var italic = open.Italic ? 0 : Reach(runs, i, run => run.IsItalic);
            var link = open.Link || runs[i].Link is null ? 0 : Reach(runs, i, run => run.Link == runs[i].Link);
            var reach = Math.Max(bold, Math.Max(italic, link));
            if (reach == 0)
            {
                Escape(runs[i].Text, markdown, open.Link);
                i++;
                continue;
            }

            var inner = new StringBuilder();
            var part = runs.GetRange(i, reach);
            if (reach == bold)
                Append(part, inner, open with { Bold = true });
            else if (reach == italic)
                Append(part, inner, open with { Italic = true });
            else
                Append(part, inner, open with { Link = true });
            var (before, after) = reach == bold ? ("**", "**") : reach == italic ? ("*", "*") : ("[", $"]({runs[i].Link})");
            var next = i + reach < runs.Count ? runs[i + reach].Text[0] : ' ';
            Wrap(inner.ToString(), before, after, next, markdown);
            i += reach;
        }
    }

    private static int Reach(List<TextRun> runs, int from, Func<TextRun, bool> has)
    {
        var end = from;
        while (end < runs.Count && (has(runs[end]) || (end > from && end + 1 < runs.Count && string.IsNullOrWhiteSpace(runs[end].Text) && has(runs[end + 1]))))
            end++;
        return end - from;
    }

    /// <summary>Blanks go outside the marks; where CommonMark would not see emphasis, the words stay without it.</summary>
    private static void Wrap(string inner, string before, string after, char next, StringBuilder markdown)
    {
        var text = inner.Trim();
        if (text.Length == 0)
        {
            markdown.Append(inner.Length > 0 ? " " : "");
            return;
        }

        var opens = inner[0] != ' ';
        var closes = inner[^1] != ' ';
        var isSeen = before == "["
            || ((!opens || markdown.Length == 0 || !char.IsLetterOrDigit(markdown[^1]) || char.IsLetterOrDigit(text[0]))
                && (!closes || !char.IsLetterOrDigit(next) || char.IsLetterOrDigit(text[^1])));
        markdown.Append(opens ? "" : " ").Append(isSeen ? before : "").Append(text).Append(isSeen ? after : "").Append(closes ? "" : " ");
    }

    /// <summary>Only where a mark would be read as one: words of an edition stay as readable as they were.</summary>
    private static void Escape(string text, StringBuilder markdown, bool inLink)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var before = i > 0 ? text[i - 1] : ' ';
            var next = i + 1 < text.Length ? text[i + 1] : ' ';
            if (IsRead(c, before, next, text.AsSpan(i + 1), inLink))
                markdown.Append('\\');
            markdown.Append(c);
        }
    }

    /// <summary>Whether Markdown would read a character, between those two, as a mark.</summary>
    public static bool IsRead(char c, char before, char next, ReadOnlySpan<char> after, bool inLink) => c switch
    {
        '\\' => !char.IsLetterOrDigit(next) && next != ' ',
        '`' => true,
        '*' => before != ' ' || next != ' ',
        '_' => !(char.IsLetterOrDigit(before) && char.IsLetterOrDigit(next)) && (before != ' ' || next != ' '),
        '[' => inLink,
        ']' => inLink || next is '(' or '[' or ':',
        '<' => char.IsLetter(next) || next is '/' or '!' or '?',
        '&' => IsEntity(after),
        _ => false,
    };

    private static bool IsEntity(ReadOnlySpan<char> text)
    {
        var end = text[..Math.Min(text.Length, 32)].IndexOf(';');
        for (var i = 0; i < end; i++)
            if (!char.IsAsciiLetterOrDigit(text[i]) && text[i] != '#')
                return false;
        return end > 0;
    }

    /// <summary>A line that begins with a mark of Markdown's blocks is no heading and no quotation.</summary>
    private static string Marked(string line)
    {
        var level = line.AsSpan().IndexOfAnyExcept('#');
        return line.StartsWith('>') || (level is >= 1 and <= 6 && line[level] == ' ') ? "\\" + line : line;
    }

    private readonly record struct Open(bool Bold, bool Italic, bool Link);
}
