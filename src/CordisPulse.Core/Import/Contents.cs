namespace CordisPulse.Core.Import;

/// <summary>
/// A table of contents as newsletters have one: links, or entries of lists, that each say again what a later line says. It is left
/// out, since the edition's places and titles say it all. Bare names of sectors one below the other are no such table here.
/// </summary>
internal static class Contents
{
    /// <summary>Fewer may repeat a later line by chance, unless a line above says what they are.</summary>
    private const int Enough = 3;

    private const int LongestEntry = 400;

    private static readonly HashSet<string> Above = new(StringComparer.Ordinal)
    {
        "contents", "table of contents", "in this edition", "in this issue", "in this newsletter", "in this bulletin", "in this month s edition", "in this months edition", "inside this edition", "inside this issue", "what s inside", "whats inside",
    };

    /// <summary>The text without them, and their lines.</summary>
    public static (IReadOnlyList<Passage> Text, IReadOnlyList<string> Contents) Apart(IReadOnlyList<Passage> passages, Names names)
    {
        var last = LastPlaces(passages);
        List<Passage> text = [];
        List<string> contents = [];
        for (var i = 0; i < passages.Count;)
        {
            var end = End(passages, i, last, names);
            if (end == i)
            {
                text.Add(passages[i++]);
                continue;
            }

            for (; i < end; i++)
                contents.Add(passages[i].List is null ? passages[i].Text : SummaryMarkdown.Of([passages[i]]));
        }

        return (text, contents);
    }

    /// <summary>Where the table that begins at <paramref name="start"/> ends; the start itself where none does.</summary>
    private static int End(IReadOnlyList<Passage> passages, int start, Dictionary<string, int> last, Names names)
    {
        var isSaid = passages[start].IsLine && passages[start].Text.Length <= 60 && Above.Contains(Key(HeadingText.Parse(passages[start].Text).Plain));
        var end = start;
        var entries = 0;
        for (var i = isSaid ? start + 1 : start; i < passages.Count; i++)
            if (Entries(passages[i], names) is { Count: > 0 } keys && keys.TrueForAll(key => last.GetValueOrDefault(key, -1) > i || names.Sectors.Find(key) is not null))
            {
                entries += keys.Count;
                end = i + 1;
            }
            else if (!IsPlace(passages[i], i, last, names))
            {
                break;
            }

        return entries >= (isSaid ? 1 : Enough) ? end : start;
    }

    /// <summary>Over a part of the table a sector is named, and again where it stands.</summary>
    private static bool IsPlace(Passage passage, int i, Dictionary<string, int> last, Names names)
        => passage.IsLine && passage.Text.Length <= 200 && HeadingText.Parse(passage.Text).Plain is var plain && last.GetValueOrDefault(Key(plain), -1) > i && StructureHeadings.Names(plain, names);

    /// <summary>The lines that a passage repeats: of a link alone on its line, or of a whole list.</summary>
    private static List<string> Entries(Passage passage, Names names)
    {
        if (passage is { Kind: PassageKind.Text, Text.Length: <= LongestEntry * 4 } && passage.Text.StartsWith('['))
            return HeadingText.Parse(passage.Text) is { Links: [{ Text: var link }], Plain: var plain } && plain == link ? [Key(plain)] : [];
        if (passage.List is not { Entries.Count: > 0 } list)
            return [];
        List<string> keys = [];
        return Add(list, 0, keys, names) && keys.Count >= Enough ? keys : [];
    }

    /// <summary>False for a list that holds more than single lines.</summary>
    private static bool Add(ListBlock list, int depth, List<string> keys, Names names)
    {
        foreach (var entry in list.Entries)
            foreach (var block in entry.Blocks)
                if (block is ParagraphBlock { Lines: [{ Length: <= LongestEntry * 4 } line] })
                    keys.Add(WithoutCount(Key(HeadingText.Parse(line).Plain), names));
                else if (block is not ListBlock inner || depth > 3 || !Add(inner, depth + 1, keys, names))
                    return false;
        return true;
    }

    /// <summary>"Criminal Justice 5" counts the items of a sector.</summary>
    private static string WithoutCount(string key, Names names)
        => key.LastIndexOf(' ') is > 0 and var at && key.AsSpan(at + 1).IndexOfAnyExceptInRange('0', '9') < 0 && names.Sectors.Find(key[..at]) is not null ? key[..at] : key;

    private static Dictionary<string, int> LastPlaces(IReadOnlyList<Passage> passages)
    {
        Dictionary<string, int> last = new(StringComparer.Ordinal);
        for (var i = 0; i < passages.Count; i++)
            if (passages[i].IsLine && passages[i].Text.Length <= LongestEntry * 4)
            {
                var text = HeadingText.Parse(passages[i].Text);
                foreach (var line in text.Links.Select(link => link.Text).Prepend(text.Plain))
                    if (line.Length <= LongestEntry)
                        last[Key(line)] = i;
            }

        return last;
    }

    private static string Key(string plain) => string.Join(' ', NameIndex.Words(plain).Select(word => word.Text));
}
