using System.Text;

namespace CordisPulse.Core.Import;

/// <summary>
/// What a text writes in lower case somewhere: "Loneliness" at the front of a title is no name where the text speaks of
/// loneliness, nor "Young Carers" where it speaks of young carers.
/// </summary>
internal sealed class CommonWords
{
    private readonly HashSet<string> _words = new(StringComparer.Ordinal);
    private readonly HashSet<(string, string)> _pairs = [];

    public CommonWords(IEnumerable<Passage> passages)
    {
        foreach (var passage in passages)
        {
            Add(passage.Text);
            if (passage.List is { } list)
                Add(list);
        }
    }

    /// <summary>One word that stands in lower case, or several of which each two neighbours do.</summary>
    public bool Hold(string name)
    {
        var words = Words(name).Select(word => word.ToLowerInvariant()).ToList();
        return words.Count == 1 ? _words.Contains(words[0]) : words.Zip(words.Skip(1)).All(_pairs.Contains);
    }

    /// <summary>Each of its words stands in lower case somewhere, in whatever company.</summary>
    public bool HoldEachWordOf(string name) => Words(name).All(word => _words.Contains(word.ToLowerInvariant()));

    private void Add(ListBlock list)
    {
        foreach (var block in list.Entries.SelectMany(entry => entry.Blocks))
            if (block is ListBlock nested)
                Add(nested);
            else if (block is ParagraphBlock paragraph)
                foreach (var line in paragraph.Lines)
                    Add(line);
    }

    private void Add(string text)
    {
        string? before = null;
        foreach (var word in Words(text))
        {
            var lower = char.IsLower(word[0]) ? word : null;
            if (lower is not null)
                _words.Add(lower);
            if (lower is not null && before is not null)
                _pairs.Add((before, lower));
            before = lower;
        }
    }

    private static IEnumerable<string> Words(string text)
    {
        var word = new StringBuilder();
        foreach (var c in text)
            if (char.IsLetterOrDigit(c))
                word.Append(c);
            else if (c is not ('\'' or '’') && word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }

        if (word.Length > 0)
            yield return word.ToString();
    }
}
