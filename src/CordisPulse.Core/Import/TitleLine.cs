using CordisPulse.Core.Rendering;

namespace CordisPulse.Core.Import;

/// <summary>How sure it is that a line names a source before its title.</summary>
internal enum SourceEvidence
{
    None,

    /// <summary>Words before a colon or a dash that read like a name.</summary>
    Guess,

    /// <summary>Words before a colon or a dash that name some kind of body.</summary>
    Body,

    /// <summary>The digest's own form, "Source. Title".</summary>
    Form,

    /// <summary>A source of the vocabulary.</summary>
    Known,
}

/// <summary>
/// An item's heading taken apart. A name is only cut off at a mark between it and the title: "Probation Service Management
/// of …" stays whole even where the Probation Service is known, since a title cut by mistake is worse than a source to fill in;
/// then <see cref="StartsWithKnown"/> says what to ask the editor.
/// </summary>
internal sealed record TitleLine
{
    public const string LinkNotKept = $"({MarkdownRenderer.LinkNotKept})";

    private static readonly HashSet<string> Abbreviations = new(StringComparer.OrdinalIgnoreCase)
    {
        "dr", "mr", "mrs", "ms", "prof", "st", "no", "nos", "vol", "vs", "eg", "ie", "etc", "ltd", "inc", "co", "plc", "al", "ed", "eds", "fig", "pp", "rev", "sir", "jr", "sr", "dept", "approx", "cf",
    };

    public string? Source { get; private init; }

    public NamedEntry? Known { get; private init; }

    public SourceEvidence Evidence { get; private init; }

    public required string Title { get; init; }

    public string? Url { get; private init; }

    /// <summary>Addresses in the line that are not <see cref="Url"/>.</summary>
    public IReadOnlyList<string> OtherUrls { get; private init; } = [];

    /// <summary>The number that stood before the title, or null.</summary>
    public string? Number { get; private init; }

    /// <summary>The line says in words that its link was lost, as an edition written as plain text does.</summary>
    public bool IsLinkLost { get; private init; }

    /// <summary>A known source that the title begins with, with no mark between.</summary>
    public NamedEntry? StartsWithKnown { get; private init; }

    /// <summary>The title begins with what may be a part of the source: "… Section: …".</summary>
    public bool TitleMayBeginWithAPart { get; private init; }

    public static TitleLine Parse(string markdown, SourceNames sources) => Of(markdown, text => Split(text, sources));

    public static TitleLine WithoutSource(string markdown) => Of(markdown, text => Whole(text, null));

    private static TitleLine Of(string markdown, Func<string, TitleLine> split)
    {
        var text = HeadingText.Parse(markdown);
        var number = Numbering.Length(text.Plain);
        var words = text.Plain[number..].TrimEnd();
        var isLinkLost = words.EndsWith(LinkNotKept, StringComparison.OrdinalIgnoreCase) && words.Length > LinkNotKept.Length;
        var line = split(isLinkLost ? words[..^LinkNotKept.Length].TrimEnd() : words);
        return line with
        {
            Title = WithoutFinalStop(line.Title),
            Url = text.Links is [.., var last] ? last.Url : null,
            OtherUrls = OtherThanLast(text),
            IsLinkLost = isLinkLost,
            Number = number > 0 ? text.Plain[..number].TrimEnd() : null,
        };
    }

    private static List<string> OtherThanLast(HeadingText text)
        => [.. text.Links.SkipLast(1).Select(link => link.Url).Where(url => url.Any(char.IsLetterOrDigit))];

    private static TitleLine Split(string text, SourceNames sources)
    {
        var start = sources.Known.FindAtStart(text);
        if (start is { } found && PastQuotes(text, found.End) is var end && Separator(text, end) is { } known)
            return Cut(text, end, known, SourceEvidence.Known) with { Known = found.Entry };

        for (var i = 1; i < text.Length && i <= 140; i++)
        {
            if (Separator(text, i) is not { } next || next >= text.Length)
                continue;
            var before = Wording.Unquoted(text[..i].Trim());
            var after = text[next..];
            if (text[i] == '.')
            {
                if (IsAbbreviation(before) || !StartsTitle(after))
                    continue;
                return Wording.IsNameLike(before) && !before.Contains(':') ? Cut(text, i, next, SourceEvidence.Form) : Whole(text, start?.Entry);
            }

            if (!StartsTitle(after) || before.Contains(": ", StringComparison.Ordinal))
                continue;
            if (Wording.NamesABody(before))
                return Cut(text, i, next, SourceEvidence.Body);
            if (sources.MayDivide(before, after))
                return Cut(text, i, next, SourceEvidence.Guess);
        }

        return Whole(text, start?.Entry);
    }

    private static TitleLine Whole(string text, NamedEntry? startsWith) => new() { Title = text, StartsWithKnown = startsWith };

    private static TitleLine Cut(string text, int end, int next, SourceEvidence evidence)
    {
        var title = text[next..];
        var part = title.IndexOf(": ", StringComparison.Ordinal);
        return new TitleLine
        {
            Source = Wording.Unquoted(text[..end].Trim()),
            Title = title,
            Evidence = evidence,
            TitleMayBeginWithAPart = part > 0 && Wording.NamesAPart(title[..part]),
        };
    }

    /// <summary>Where the title begins when a mark that can divide source and title stands at <paramref name="i"/>.</summary>
    private static int? Separator(string text, int i)
    {
        if (i >= text.Length)
            return null;
        if (text[i] is '.' or ':' && i + 1 < text.Length && char.IsWhiteSpace(text[i + 1]))
            return i + 2;
        return char.IsWhiteSpace(text[i]) && i + 2 < text.Length && text[i + 1] is '–' or '—' or '-' or '|' && char.IsWhiteSpace(text[i + 2]) ? i + 3 : null;
    }

    private static int PastQuotes(string text, int end)
    {
        while (end < text.Length && text[end] is '”' or '’' or '"' or '\'')
            end++;
        return end;
    }

    private static bool StartsTitle(string text) => Wording.FirstLetter(text) is { } c && !char.IsLower(c);

    /// <summary>A sentence ends within the line: "Progress was slow. The authors found that".</summary>
    public static bool HoldsSentenceEnd(string text)
    {
        for (var i = 1; i + 2 < text.Length; i++)
            if (text[i] is '.' or '!' or '?' && text[i + 1] == ' ' && char.IsUpper(text[i + 2]) && char.IsLower(text[i - 1]) && !(text[i] == '.' && IsAbbreviation(text[..i])))
                return true;
        return false;
    }

    private static bool IsAbbreviation(string before)
    {
        var word = before[(before.LastIndexOf(' ') + 1)..];
        return word.Length == 1 || word.Contains('.') || Abbreviations.Contains(word);
    }

    /// <summary>Takes the full stop that ends a sentence, not one that belongs to an abbreviation or an ellipsis.</summary>
    private static string WithoutFinalStop(string title)
    {
        var trimmed = title.Trim();
        if (!trimmed.EndsWith('.') || trimmed.EndsWith("..", StringComparison.Ordinal))
            return trimmed;
        var body = trimmed[..^1];
        var word = body[(body.LastIndexOf(' ') + 1)..].TrimStart('(', '"', '“', '\'', '‘');
        return word.Contains('.') || (word.Length > 0 && word.Length <= 4 && word is "etc" or "Ltd" or "Inc" or "plc" or "al") ? trimmed : body.TrimEnd();
    }
}
