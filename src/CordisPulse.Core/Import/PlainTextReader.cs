namespace CordisPulse.Core.Import;

/// <summary>
/// Reads text as people type it or as a mail program saves it. Paragraphs end at empty lines, lists are lines that begin
/// with a mark; headings mostly carry none, but <c>#</c> and an underline are understood where somebody did mark one.
/// Inline Markdown is left where it stands, so a text reads the same through this reader and the Markdown one.
/// </summary>
public sealed class PlainTextReader : IEditionReader
{
    /// <summary>Deeper lists are read as this deep.</summary>
    private const int MaxDepth = 6;

    public IReadOnlyList<string> FileTypes => [".txt"];

    public FileText Read(ReadOnlyMemory<byte> content) => new(ReadText(TextContent.Decode(content.Span)));

    internal static IReadOnlyList<Block> ReadText(string text) => [.. new Scan().Run(text).Select(CanonicalMarkdown.Of)];

    private sealed class OpenEntry(string marker, int indent)
    {
        public string Marker { get; } = marker;

        public int Indent { get; } = indent;

        public List<string> Lines { get; } = [];

        public List<OpenEntry> Children { get; } = [];

        public List<string> After { get; } = [];

        public ListEntry Close()
        {
            List<Block> blocks = [];
            if (Lines.Count > 0)
                blocks.Add(new ParagraphBlock(Lines));
            if (Children.Count > 0)
                blocks.Add(new ListBlock([.. Children.Select(child => child.Close())]));
            if (After.Count > 0)
                blocks.Add(new ParagraphBlock(After));
            return new ListEntry(Marker, blocks);
        }
    }

    private sealed class Scan
    {
        private readonly List<Block> _blocks = [];
        private readonly List<string> _paragraph = [];
        private readonly List<OpenEntry> _list = [];
        private readonly Stack<OpenEntry> _open = new();
        private int _blank;
        private int _blankBefore;

        public List<Block> Run(string text)
        {
            foreach (var line in text.Split('\n'))
                Line(line);
            CloseParagraph();
            CloseList();
            return _blocks;
        }

        private void Line(string line)
        {
            var trimmed = line.Trim();
            if (trimmed.Length == 0)
            {
                CloseParagraph();
                _blank++;
                return;
            }

            if (IsRule(trimmed))
                Rule(trimmed);
            else if (MarkedHeading(trimmed) is { } heading)
                Add(heading);
            else if (ListMark.Read(line) is { } mark)
                StartEntry(mark);
            else if (_list.Count > 0 && ContinuesEntry(line, trimmed))
                ContinueEntry(trimmed);
            else
                Text(line, trimmed);
            _blank = 0;
        }

        private void Text(string line, string trimmed)
        {
            CloseList();
            if (_paragraph.Count == 0)
                _blankBefore = _blank;
            _paragraph.Add(line.EndsWith("  ", StringComparison.Ordinal) ? trimmed + "  " : trimmed);
        }

        /// <summary>A line of dashes under a single short line marks it as a heading; anywhere else it only divides.</summary>
        private void Rule(string rule)
        {
            if (_blank == 0 && rule[0] is ('=' or '-') && _paragraph is [{ Length: <= 120 } title])
            {
                _paragraph.Clear();
                _blocks.Add(new HeadingBlock(rule[0] == '=' ? 1 : 2, title.Trim()) { BlankLinesBefore = _blankBefore });
                return;
            }

            CloseParagraph();
            CloseList();
        }

        private void StartEntry(ListMark mark)
        {
            CloseParagraph();
            if (_list.Count == 0)
                _blankBefore = _blank;
            while (_open.Count > 0 && (mark.Indent <= _open.Peek().Indent || _open.Count >= MaxDepth))
                _open.Pop();
            if (_open.Count == 0 && _list is [.., var last] && (last.Marker == "-") != (mark.Marker == "-"))
            {
                CloseList();
                _blankBefore = _blank;
            }

            var entry = new OpenEntry(mark.Marker, mark.Indent);
            if (mark.Text.Length > 0)
                entry.Lines.Add(mark.Text);
            (_open.Count == 0 ? _list : _open.Peek().Children).Add(entry);
            _open.Push(entry);
        }

        /// <summary>Indented text belongs to the entry above; text at the margin only where it carries on its sentence.</summary>
        private bool ContinuesEntry(string line, string trimmed)
        {
            var entry = _open.Peek();
            if (ListMark.IndentOf(line) > entry.Indent + 1)
                return true;
            return _blank == 0 && entry.Lines is [.., var last] && (char.IsLower(trimmed[0]) || !Wording.EndsSentence(last));
        }

        private void ContinueEntry(string trimmed)
        {
            var entry = _open.Peek();
            ((_blank == 0 && entry.After.Count == 0) || entry.Lines.Count == 0 ? entry.Lines : entry.After).Add(trimmed);
        }

        private void Add(Block block)
        {
            CloseParagraph();
            CloseList();
            _blocks.Add(block with { BlankLinesBefore = _blank });
        }

        private void CloseParagraph()
        {
            if (_paragraph.Count == 0)
                return;
            _blocks.Add(TextBlock.Of([.. _paragraph]) with { BlankLinesBefore = _blankBefore });
            _paragraph.Clear();
        }

        private void CloseList()
        {
            if (_list.Count == 0)
                return;
            _blocks.Add(new ListBlock([.. _list.Select(entry => entry.Close())]) { BlankLinesBefore = _blankBefore });
            _list.Clear();
            _open.Clear();
        }

        private static bool IsRule(string line) => line.Length >= 3 && line[0] is ('-' or '=' or '_' or '*') && line.AsSpan().Trim(line[0]).IsEmpty;

        private static HeadingBlock? MarkedHeading(string line)
        {
            var level = line.AsSpan().IndexOfAnyExcept('#');
            return level is >= 1 and <= 6 && level < line.Length && char.IsWhiteSpace(line[level]) && line[level..].Trim().TrimEnd('#').TrimEnd() is { Length: > 0 } text
                ? new HeadingBlock(level, text)
                : null;
        }
    }
}
