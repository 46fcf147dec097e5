using System.Text;

namespace CordisPulse.Core.Rendering;

/// <summary>Fills lines of plain text.</summary>
public static class TextLines
{
    public const int Columns = 72;

    /// <summary>
    /// The text with its spaces made single and its lines at most <paramref name="columns"/> wide, a longer word alone on its line.
    /// Line ends in <paramref name="text"/> stay.
    /// </summary>
    public static string Wrap(string text, int columns = Columns)
        => string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(line => WrapLine(line, columns)));

    private static string WrapLine(string text, int columns)
    {
        var lines = new StringBuilder();
        var width = 0;
        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (width > 0 && width + 1 + word.Length > columns)
            {
                lines.Append('\n');
                width = 0;
            }

            if (width > 0)
            {
                lines.Append(' ');
                width++;
            }

            lines.Append(word);
            width += word.Length;
        }

        return lines.ToString();
    }

    /// <summary>Puts <paramref name="first"/> before the first line and <paramref name="rest"/> before the others; empty lines stay empty.</summary>
    public static string Indent(string text, string first, string rest)
        => string.Join('\n', text.Split('\n').Select((line, index) => index == 0 ? first + line : line.Length == 0 ? rest.TrimEnd() : rest + line));
}
