namespace CordisPulse.Core.Import;

/// <summary>What tells a source before a title: the known ones, and what this text shows of its manner.</summary>
internal sealed record SourceNames(NameIndex Known)
{
    /// <summary>A source's name has no more words with capitals, unless it says what kind of body it is.</summary>
    private const int MostCapitals = 4;

    /// <summary>Null before the text has been looked at: then only what names a body is one.</summary>
    public CommonWords? Common { get; init; }

    /// <summary>Most items of the text read "Name: Title".</summary>
    public bool StandBeforeMark { get; init; }

    public static SourceNames Learn(NameIndex known, IReadOnlyList<Passage> passages, StructureMark?[] marks)
    {
        var sources = new SourceNames(known) { Common = new CommonWords(passages) };
        var headings = HeadingHabits.Headings(passages, marks).Where(passage => passage.Text.Length <= 400).ToList();
        var divided = headings.Select(passage => HeadingText.Parse(passage.Text).Plain).Select(Divided).OfType<(string Before, string After)>().ToList();
        var sure = divided.Count(title => known.Find(title.Before) is not null || Wording.NamesABody(title.Before) || sources.MayDivide(title.Before, title.After));
        return sources with { StandBeforeMark = sure >= 2 && sure * 3 >= divided.Count * 2 && divided.Count * 10 >= headings.Count * 6 };
    }

    /// <summary>True when the words before a colon or a dash are likelier a source than the front of a title.</summary>
    public bool MayDivide(string before, string after)
        => HasForm(before) && (StandBeforeMark || (Common is { } common && Wording.IsSentenceCase(after) && !common.Hold(before)));

    private static (string, string)? Divided(string text)
    {
        var title = Numbering.Without(text);
        var colon = title.IndexOf(": ", StringComparison.Ordinal);
        return colon > 0 && (HasForm(title[..colon]) || Wording.NamesABody(title[..colon])) ? (title[..colon], title[(colon + 2)..]) : null;
    }

    /// <summary>One to four capitals, and none of "Covid-19", "Part One", "Report".</summary>
    private static bool HasForm(string name)
    {
        var words = name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return Wording.IsNameLike(name)
            && words.Count(word => Wording.FirstLetter(word) is { } c && char.IsUpper(c)) is >= 1 and <= MostCapitals
            && !words.Any(word => char.IsDigit(word[0]) || (word.IndexOf('-') is >= 0 and var hyphen && word.AsSpan(hyphen).ContainsAnyInRange('0', '9')))
            && !Wording.NamesAPiece(words[0]) && !(words.Length == 1 && Wording.NamesAPublication(name));
    }
}
