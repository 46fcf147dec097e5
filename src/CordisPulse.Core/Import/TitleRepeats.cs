namespace CordisPulse.Core.Import;

/// <summary>Whether a line says an item's title, or a good part of it, again: report covers do.</summary>
internal static class TitleRepeats
{
    public static bool Repeats(string line, string title)
    {
        if (line.Length > 400)
            return false;
        var words = NameIndex.Words(line).Select(word => word.Text).ToList();
        if (words.Count < 3)
            return false;
        var known = NameIndex.Words(title).Select(word => word.Text).ToHashSet(StringComparer.Ordinal);
        return words.Count(known.Contains) * 100 >= words.Count * 85;
    }
}
