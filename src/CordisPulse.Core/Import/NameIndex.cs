using System.Text;

namespace CordisPulse.Core.Import;

/// <summary>
/// Finds names however they are spelled in type: case, apostrophes, "&amp;" for "and", a leading "the", punctuation do not matter.
/// </summary>
internal sealed class NameIndex
{
    private const int MaxWords = 16;

    private readonly Dictionary<string, NamedEntry> _entries = new(StringComparer.Ordinal);

    public NameIndex(IEnumerable<NamedEntry> entries)
    {
        foreach (var entry in entries)
            foreach (var name in entry.OtherNames.Prepend(entry.Name))
                if (Key(Words(name, MaxWords)) is { Length: > 0 } key)
                    _entries.TryAdd(key, entry);
    }

    public NameIndex(IReadOnlyList<string> names)
        : this(names.Select(name => new NamedEntry(name, name)))
    {
    }

    /// <summary>The entry whose name is the whole of <paramref name="text"/>.</summary>
    public NamedEntry? Find(string text)
        => text.Length <= 200 && Words(text, MaxWords + 1) is { Count: <= MaxWords } words ? _entries.GetValueOrDefault(Key(words)) : null;

    /// <summary>The entry with the longest name that <paramref name="text"/> begins with, and where that name ends.</summary>
    public (NamedEntry Entry, int End)? FindAtStart(string text)
    {
        if (_entries.Count == 0)
            return null;
        var words = Words(text, MaxWords);
        for (var count = words.Count; count > 0; count--)
            if (_entries.TryGetValue(Key(words.GetRange(0, count)), out var entry))
                return (entry, words[count - 1].End);
        return null;
    }

    private static string Key(List<Word> words)
    {
        var skip = words.Count > 1 && words[0].Text == "the" ? 1 : 0;
        return string.Join(' ', words.Skip(skip).Select(word => word.Text));
    }

    internal readonly record struct Word(string Text, int End);

    internal static List<Word> Words(string text, int limit = int.MaxValue)
    {
        List<Word> words = [];
        var word = new StringBuilder();
        for (var i = 0; i < text.Length && words.Count < limit; i++)
        {
            var c = text[i];
            if (char.IsLetterOrDigit(c))
                word.Append(char.ToLowerInvariant(c));
            else if (c == '&')
            {
                Close(i);
                words.Add(new Word("and", i + 1));
            }
            else if (c is not ('\'' or '’' or '‘' or '`'))
                Close(i);
        }

        if (words.Count < limit)
            Close(text.Length);
        return words;

        void Close(int end)
        {
            if (word.Length == 0)
                return;
            words.Add(new Word(word.ToString(), end));
            word.Clear();
        }
    }
}
