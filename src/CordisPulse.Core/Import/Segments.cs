namespace CordisPulse.Core.Import;

/// <summary>A heading with everything below it.</summary>
internal sealed class Segment(Passage heading, bool isNews, NamedEntry? sector, NamedEntry? section)
{
    public Passage Heading { get; } = heading;

    public bool IsNews { get; } = isNews;

    public NamedEntry? Sector { get; } = sector;

    public NamedEntry? Section { get; } = section;

    public List<Passage> Body { get; } = [];

    /// <summary>Lines of <see cref="Body"/> that may head an item of their own.</summary>
    public HashSet<Passage> Doubtful { get; } = new(ReferenceEqualityComparer.Instance);
}

/// <summary>Passages under a structure heading but under no item, or a heading that names no known place; with why.</summary>
internal sealed record LoosePassage(Passage Passage, int ItemsBefore, string Why);

/// <summary>The text cut up: the letter at its front, then news and items, each below its heading.</summary>
internal sealed class Segments
{
    private const string NoPlace = "This reads as a heading over items, but no sector or section bears this name.";
    private const string NoHeading = "This text stands below a sector, section or news heading, but under no title.";

    private const int LongestSignature = 4;
    private const int LongestFoot = 12;

    private readonly IReadOnlyList<Passage> _passages;
    private readonly StructureMark?[] _marks;
    private readonly Names _names;
    private readonly HeadingHabits _itemHabits;
    private readonly HeadingHabits _newsHabits;
    private readonly bool _hasTwoLines;
    private readonly bool _hasTwoLinesApart;
    private readonly bool _hasSourcesBelow;
    private readonly bool _hasPlaces;
    private readonly int? _sectorLevel;
    private readonly HashSet<NamedEntry> _sectionsOfSector = [];

    private NamedEntry? _sector;
    private NamedEntry? _section;
    private Segment? _current;
    private string? _currentTitle;
    private Region _region = Region.Letter;
    private int _items;
    private int _next;
    private bool _isClosed;

    private Segments(IReadOnlyList<Passage> passages, StructureMark?[] marks, Names names)
    {
        _passages = passages;
        _marks = marks;
        _names = names;
        _itemHabits = HeadingHabits.OfItems(passages, marks, names);
        _newsHabits = HeadingHabits.OfNews(passages, marks, names);
        var firsts = Enumerable.Range(1, Math.Max(0, passages.Count - 1)).Where(i => marks[i - 1] is { Places: true }).Select(TwoLines).OfType<TwoLineHeading>().ToList();
        _hasTwoLines = firsts.Exists(lines => !lines.IsApart);
        _hasTwoLinesApart = firsts.Exists(lines => lines.IsApart);
        _sectorLevel = passages.Where((passage, i) => passage.Kind == PassageKind.Heading && marks[i] is { Sector: not null }).Select(passage => (int?)passage.Level).FirstOrDefault();
        _hasSourcesBelow = Enumerable.Range(1, Math.Max(0, passages.Count - 1)).Any(i => marks[i - 1] is { Places: true } && SourceLine.Is(At(i + 1)));
        _hasPlaces = marks.Any(mark => mark is { Places: true });
    }

    private enum Region
    {
        Letter,
        News,
        Items,
    }

    /// <summary>The letter to the readers with what stands around it.</summary>
    public List<Passage> Front { get; } = [];

    public List<Segment> All { get; } = [];

    public List<LoosePassage> Loose { get; } = [];

    public static Segments Cut(IReadOnlyList<Passage> passages, StructureMark?[] marks, Names names)
    {
        var segments = new Segments(passages, marks, names);
        for (var i = 0; i < passages.Count; i = segments._next)
        {
            segments._next = i + 1;
            if (marks[i] is { } mark)
                segments.Enter(mark);
            else
                segments.Take(i);
        }

        return segments;
    }

    private void Enter(StructureMark mark)
    {
        if (mark.IsTitle)
            return;
        _current = null;
        _currentTitle = null;
        _region = mark.IsNews ? Region.News : Region.Items;
        if (mark.IsNews)
            return;
        if (mark.Sector is { } sector)
        {
            _sector = sector;
            _section = null;
            _sectionsOfSector.Clear();
        }

        if (mark.Section is { } section)
        {
            _section = section;
            _sectionsOfSector.Add(section);
        }
    }

    private void Take(int i)
    {
        var passage = _passages[i];
        if (!_isClosed && HeadingEvidence.ClosesLetter(passage, IsBelowStructure(i), At(i + 1)) && !(_region != Region.Letter && HeadingEvidence.StandsApart(passage, Habits)))
        {
            _isClosed = _region == Region.Letter || EndsText(i);
            // A letter that ends below the news or the items goes on here.
            if (_isClosed)
            {
                _region = Region.Letter;
                _current = null;
                _currentTitle = null;
            }
        }

        if (_region == Region.Items && UnknownPlace(i) is { } isSector)
        {
            Loose.AddRange(Apart(passage).Select(part => new LoosePassage(part, _items, NoPlace)));
            _section = null;
            if (isSector)
            {
                _sector = null;
                _sectionsOfSector.Clear();
            }

            _current = null;
            _currentTitle = null;
        }
        else if (_region == Region.Items && TwoLines(i) is { } lines && MayStand(lines) && IsHeading(Weigh(lines.Line, i, i + 2, isTwoLines: true), i))
        {
            Open(lines.Line);
            _next = i + 2;
        }
        else if (Weigh(passage, i, i + 1) is var weight && IsHeading(weight, i))
            Open(passage);
        else if (_current is not null)
            Add(passage, i, weight);
        else if (_region == Region.Letter)
            Front.AddRange(Apart(passage));
        else
            Loose.AddRange(Apart(passage).Select(part => new LoosePassage(part, _items, NoHeading)));
    }

    /// <summary>No more than a signature stands between here and the end of the news, or with an address up to the end of all.</summary>
    private bool EndsText(int i)
    {
        var end = i + 1;
        while (end < _passages.Count && _marks[end] is null && end - i <= LongestFoot)
            end++;
        return end - i <= (end == _passages.Count ? LongestFoot : _region == Region.News ? LongestSignature : 0);
    }

    private int Weigh(Passage passage, int i, int next, bool isTwoLines = false)
    {
        var inNews = _region == Region.News;
        var place = new HeadingEvidence.Place(i > 0 && _marks[i - 1] is null ? _passages[i - 1] : null, At(next), IsBelowStructure(i), _currentTitle, inNews, isTwoLines, _hasSourcesBelow && !inNews && SourceLine.Is(At(next)));
        return HeadingEvidence.Weigh(passage, place, Habits, _names);
    }

    private HeadingHabits Habits => _region == Region.News ? _newsHabits : _itemHabits;

    private bool IsHeading(int weight, int i) => weight >= (_region == Region.Letter ? LetterThreshold(i) : HeadingEvidence.Enough);

    private bool IsBelowStructure(int i) => _region != Region.Letter && _current is null && (i == 0 || _marks[i - 1] is not null || IsLoose(i - 1));

    private TwoLineHeading? TwoLines(int i) => TwoLineHeading.At(_passages, _marks, i, _names.Sources);

    /// <summary>What is less than sure needs the text's habit.</summary>
    private bool MayStand(TwoLineHeading lines) => lines.IsApart ? _hasTwoLinesApart : _hasTwoLines || lines.Evidence > SourceEvidence.Guess;

    private void Add(Passage passage, int i, int weight)
    {
        _current!.Body.AddRange(Apart(passage));
        if (_region == Region.Items && HeadingEvidence.IsDoubtful(passage, At(i + 1), weight, _itemHabits))
            _current.Doubtful.Add(passage);
    }

    /// <summary>In the letter only a text without any sector or section starts its items unannounced.</summary>
    private int LetterThreshold(int i) => _hasPlaces
        ? HeadingEvidence.EnoughInLetter + (_passages[i].Kind == PassageKind.Heading ? 4 : 2)
        : HeadingEvidence.EnoughInLetter;

    private void Open(Passage heading)
    {
        var isNews = _region == Region.News;
        _current = new Segment(heading, isNews, isNews ? null : _sector, isNews ? null : _section);
        _currentTitle = TitleLine.WithoutSource(heading.Text).Title;
        All.Add(_current);
        if (isNews && heading.SourceAbove is { } above)
            _current.Body.Add(above);
        if (!isNews)
            _items++;
        if (_region == Region.Letter)
            _region = Region.Items;
    }

    /// <summary>
    /// A heading over items that names nothing known: true when it stands in a sector's place, false in a section's, null
    /// when it is no such heading.
    /// </summary>
    private bool? UnknownPlace(int i)
    {
        var passage = _passages[i];
        if (!passage.IsLine || passage.Text.Length > 120)
            return null;
        if (passage.Kind == PassageKind.Heading)
            return _itemHabits.Level > 0 && passage.Level < _itemHabits.Level ? passage.Level <= _sectorLevel : null;

        var isPlain = Wording.WordCount(passage.Text) <= 7 && passage.OpensParagraph && !Wording.EndsSentence(passage.Text)
            && TitleLine.Parse(passage.Text, _names.Sources) is { Evidence: SourceEvidence.None, Url: null };
        if (!isPlain || i + 1 >= _passages.Count)
            return null;
        if (_marks[i + 1] is { Section: { } section, Sector: null })
            return _sectionsOfSector.Contains(section) && (i == 0 || !_passages[i - 1].IsLine || Wording.EndsSentence(_passages[i - 1].Text)) ? true : null;
        return _current is null && _itemHabits.Sourced && _passages[i + 1].IsLine
            && TitleLine.Parse(Start(_passages[i + 1].Text), _names.Sources).Evidence >= SourceEvidence.Form
            ? false
            : null;
    }

    /// <summary>A heading that heads no item has no source: the line above it stands there as it did.</summary>
    private static IEnumerable<Passage> Apart(Passage passage) => passage.SourceAbove is { } above ? [above, passage with { SourceAbove = null }] : [passage];

    private bool IsLoose(int i) => Loose.Count > 0 && Loose[^1].Passage == _passages[i] with { SourceAbove = null } && Loose[^1].Why == NoPlace;

    private Passage? At(int i) => i < _passages.Count && _marks[i] is null ? _passages[i] : null;

    private static string Start(string text) => text.Length > 400 ? text[..400] : text;
}
