namespace CordisPulse.Core.Import;

/// <summary>
/// Puts blocks together from pieces of text as a reader comes upon them: paragraphs of lines, lists within lists, and headings that
/// only their size tells from text.
/// </summary>
internal sealed class BlockBuilder
{
    /// <summary>Deeper lists are read as this deep.</summary>
    private const int MaxDepth = 50;

    private const int LongestHeading = 200;

    private readonly Stack<List<Block>> _open = new([[]]);
    private readonly Stack<OpenList> _lists = new();
    private readonly List<List<TextRun>> _lines = [[]];
    private readonly Dictionary<Block, double> _sizes = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<double, int> _charactersOfSize = [];
    private double _size;
    private bool _isOneSize = true;
    private int _beyond;
    private int _characters;
    private int _lineCount;

    /// <param name="run">A piece of text in one style.</param>
    /// <param name="size">Of the letters, in any unit that is the same throughout.</param>
    /// <exception cref="EditionFileRefusedException">Longer than any edition.</exception>
    public void Text(TextRun run, double size)
    {
        if (run.Text.Length == 0)
            return;
        if (!string.IsNullOrWhiteSpace(run.Text))
        {
            _isOneSize &= _size == 0 || _size == size;
            _size = size;
            _charactersOfSize[size] = _charactersOfSize.GetValueOrDefault(size) + run.Text.Length;
            _characters += run.Text.Length;
            if (_characters > TextContent.MaxCharacters)
                throw TextContent.TooLong();
        }

        _lines[^1].Add(run);
    }

    /// <summary>Two in a row end the paragraph.</summary>
    public void LineBreak()
    {
        if (_lines.Count > 1 && _lines[^1].TrueForAll(run => string.IsNullOrWhiteSpace(run.Text)))
            EndParagraph();
        else
            _lines.Add([]);
    }

    public void EndParagraph()
    {
        var size = _isOneSize ? _size : 0;
        AddLines(Lines(), size);
    }

    public void EndHeading(int level)
    {
        if (Lines() is { Count: > 0 } lines)
            Add(new HeadingBlock(level, WithoutBold(string.Join(" ", lines))));
    }

    public void Verbatim(VerbatimBlock block)
    {
        EndParagraph();
        Add(block);
    }

    public static VerbatimBlock Quotation(IEnumerable<ParagraphBlock> paragraphs)
        => new("> " + string.Join("\n>\n> ", paragraphs.Select(paragraph => string.Join("\n> ", paragraph.Lines))));

    public void BeginList(bool isNumbered, int first)
    {
        EndParagraph();
        if (_lists.Count >= MaxDepth)
        {
            _beyond++;
            return;
        }

        _lists.Push(new OpenList(isNumbered, first));
    }

    public void BeginEntry()
    {
        EndParagraph();
        if (_beyond == 0)
            _open.Push([]);
    }

    public void EndEntry()
    {
        EndParagraph();
        if (_beyond > 0)
            return;
        var blocks = _open.Pop();
        if (blocks.Count > 0)
            _lists.Peek().Add(blocks);
    }

    public void EndList()
    {
        EndParagraph();
        if (_beyond > 0)
        {
            _beyond--;
            return;
        }

        if (_lists.Pop().Entries is { Count: > 0 } entries)
            Add(new ListBlock(entries));
    }

    /// <summary>What follows is gathered apart, until <see cref="EndApart"/>.</summary>
    public void BeginApart()
    {
        EndParagraph();
        _open.Push([]);
    }

    public IReadOnlyList<Block> EndApart()
    {
        EndParagraph();
        return _open.Pop();
    }

    public void AddAll(IEnumerable<Block> blocks) => _open.Peek().AddRange(blocks);

    public IReadOnlyList<Block> Build()
    {
        EndParagraph();
        var body = _charactersOfSize.Count > 0 ? _charactersOfSize.MaxBy(pair => pair.Value).Key : 0;
        var larger = _sizes.Values.Where(size => size >= body * 1.2).Distinct().OrderDescending().ToList();
        return
        [
            .. _open.Peek().Select(block => block is ParagraphBlock { Lines: [var line] } && _sizes.TryGetValue(block, out var size) && larger.IndexOf(size) is >= 0 and var rank
                ? new HeadingBlock(Math.Min(6, rank + 1), WithoutBold(line)) { BlankLinesBefore = block.BlankLinesBefore }
                : block),
        ];
    }

    private static string WithoutBold(string line)
        => line.Length > 4 && line.StartsWith("**", StringComparison.Ordinal) && line.EndsWith("**", StringComparison.Ordinal) && !line[2..^2].Contains("**", StringComparison.Ordinal) ? line[2..^2] : line;

    private List<string> Lines()
    {
        List<string> lines = [.. _lines.Select(InlineMarkdown.Write).Where(line => line.Any(IsVisible) && !IsRule(line))];
        _lines.Clear();
        _lines.Add([]);
        (_size, _isOneSize) = (0, true);
        _lineCount += lines.Count;
        if (_lineCount > TextContent.MaxLines)
            throw TextContent.TooLong();
        return lines;
    }

    private static bool IsVisible(char c) => !char.IsWhiteSpace(c) && char.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.Format;

    private static bool IsRule(string line) => line.Length >= 3 && line.Trim('-', '=', '_', '*', '\\').Length == 0;

    /// <summary>Lines that begin with a bullet or a number are a list, whatever the file made of them.</summary>
    private void AddLines(List<string> lines, double size)
    {
        var first = lines.FindIndex(line => ListMark.Read(line) is { Text.Length: > 0 });
        if (first < 0)
        {
            AddParagraph(lines, size);
            return;
        }

        AddParagraph(lines[..first], 0);
        List<ListEntry> entries = [];
        foreach (var line in lines[first..])
            if (ListMark.Read(line) is { Text.Length: > 0 } mark)
            {
                if (entries is [.., { } last] && last.IsNumbered != (mark.Marker != "-"))
                {
                    Add(new ListBlock([.. entries]));
                    entries.Clear();
                }

                entries.Add(new ListEntry(mark.Marker, [new ParagraphBlock([mark.Text])]));
            }
            else
            {
                entries[^1] = entries[^1] with { Blocks = [new ParagraphBlock([.. ((ParagraphBlock)entries[^1].Blocks[0]).Lines, line])] };
            }

        Add(new ListBlock(entries));
    }

    private void AddParagraph(List<string> lines, double size)
    {
        if (lines.Count == 0)
            return;
        var paragraph = new ParagraphBlock([.. lines.Select((line, i) => i + 1 < lines.Count ? line + "  " : line)]);
        var added = Add(paragraph);
        if (size > 0 && lines is [{ Length: <= LongestHeading }] && _open.Count == 1)
            _sizes[added] = size;
    }

    private Block Add(Block block)
    {
        var blocks = _open.Peek();
        var added = block with { BlankLinesBefore = blocks.Count > 0 ? 1 : 0 };
        blocks.Add(added);
        return added;
    }

    private sealed class OpenList(bool isNumbered, int first)
    {
        private int _number = first;

        public List<ListEntry> Entries { get; } = [];

        public void Add(IReadOnlyList<Block> blocks)
            => Entries.Add(new ListEntry(isNumbered ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{_number++}.") : "-", blocks));
    }
}
