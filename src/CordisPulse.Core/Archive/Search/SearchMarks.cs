using CordisPulse.Core.Data;

namespace CordisPulse.Core.Archive.Search;

/// <summary>Tells where in texts stands what a search has found there: words of the same stem, words that begin alike, phrases.</summary>
internal sealed class SearchMarks
{
    private readonly SearchStems _stems;
    private readonly HashSet<string> _words = new(StringComparer.Ordinal);
    private readonly List<string[]> _phrases = [];
    private readonly List<string> _beginnings = [];
    private readonly HashSet<char> _firsts = [];

    /// <param name="query">What of it must occur is marked.</param>
    /// <param name="stems">Of the index.</param>
    public SearchMarks(SearchQuery query, SearchStems stems)
    {
        _stems = stems;
        var terms = query.All.SelectMany(some => some).ToList();
        Know(terms.SelectMany(term => term.Words).Concat(terms.Select(term => term.Joined).OfType<string>()));
        foreach (var term in terms)
        {
            string[] words = [.. term.Words.Select(StemOf)];
            _firsts.UnionWith(term.Words.Select(word => word[0]));
            if (term.IsPrefix)
                _beginnings.AddRange(term.Words);
            else if (term.IsApart || words.Length == 1)
                _words.UnionWith(words);
            else
                _phrases.Add(words);
            // It begins as the first of its words.
            if (term.Joined is { } joined)
                _words.Add(StemOf(joined));
        }
    }

    /// <summary>Marks some texts at once, so that what is not known of their words is asked for at once.</summary>
    public IReadOnlyList<MarkedText> Mark(IReadOnlyList<string> texts)
    {
        if (_firsts.Count == 0)
            return [.. texts.Select(MarkedText.Plain)];
        var read = texts.Select(text => new ReadText(text, _firsts)).ToList();
        Know(read.SelectMany(text => text.Candidates));
        return [.. read.Select(Mark)];
    }

    private MarkedText Mark(ReadText text)
    {
        var marks = new List<(int Start, int End)>();
        foreach (var at in text.CandidatesAt)
            if (LengthAt(at) is > 0 and var length)
                Add(text.StartOf(at), text.EndOf(at + length - 1));
        return new MarkedText(text.Text, marks);

        int LengthAt(int at)
        {
            var word = text.WordAt(at);
            var longest = _words.Contains(StemOf(word)) || _beginnings.Exists(begin => word.StartsWith(begin, StringComparison.Ordinal)) ? 1 : 0;
            foreach (var phrase in _phrases)
                if (phrase.Length > longest && at + phrase.Length <= text.Count && !phrase.Where((stem, i) => StemOf(text.WordAt(at + i)) != stem).Any())
                    longest = phrase.Length;
            return longest;
        }

        void Add(int from, int to)
        {
            if (marks.Count > 0 && from <= marks[^1].End)
                marks[^1] = (marks[^1].Start, Math.Max(to, marks[^1].End));
            else if (to > from)
                marks.Add((from, to));
        }
    }

    private string StemOf(string word) => _stems.Find(word) ?? word;

    private void Know(IEnumerable<string> words) => _stems.Know([.. words.Distinct().Where(word => _stems.Find(word) is null)]);

    /// <summary>A text as the index reads it, word by word.</summary>
    private sealed class ReadText
    {
        private readonly string _words;
        private readonly List<int> _positions;
        private readonly List<Range> _stretches = [];

        /// <param name="text">As readers see it.</param>
        /// <param name="firsts">What a word begins with that may be marked: no stem begins with another letter than its word.</param>
        public ReadText(string text, HashSet<char> firsts)
        {
            Text = text;
            (_words, _positions) = SearchWords.WithPositions(text);
            foreach (var stretch in SearchWords.Stretches(_words))
            {
                if (firsts.Contains(_words[stretch.Start.Value]))
                    CandidatesAt.Add(_stretches.Count);
                _stretches.Add(stretch);
            }
        }

        public string Text { get; }

        /// <summary>How many words it has.</summary>
        public int Count => _stretches.Count;

        /// <summary>Which of its words may be marked.</summary>
        public List<int> CandidatesAt { get; } = [];

        public IEnumerable<string> Candidates => CandidatesAt.Select(WordAt);

        public string WordAt(int at) => _words[_stretches[at]];

        public int StartOf(int at) => _positions[_stretches[at].Start.Value];

        public int EndOf(int at) => _stretches[at].End.Value is var end && end < _positions.Count ? _positions[end] : Text.Length;
    }
}
