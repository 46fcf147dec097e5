namespace CordisPulse.Core.Import;

/// <summary>
/// Fourth pass: weighs whether a line heads an item (or a news item) or belongs to the text around it. No single mark decides;
/// the weights are small whole numbers, and <see cref="Enough"/> of them make a heading.
/// </summary>
internal static class HeadingEvidence
{
    public const int Enough = 5;

    /// <summary>Outside the parts where items stand, a line has to be plainer.</summary>
    public const int EnoughInLetter = 7;

    /// <summary>
    /// Where a passage stands, as far as it speaks for or against a heading. Next is null at the end and above a structure
    /// heading; the current title is that of the item which the line would end; two lines are a source over its title;
    /// above its source a title stands only where the first items of the text have theirs below.
    /// </summary>
    internal readonly record struct Place(Passage? Previous, Passage? Next, bool BelowStructure, string? CurrentTitle, bool InNews, bool IsTwoLines = false, bool IsAboveSource = false);

    public static int Weigh(Passage passage, Place place, HeadingHabits habits, Names names)
    {
        if (!passage.IsLine || passage.Text.Length > 400 || (ClosesLetter(passage, place.BelowStructure, place.Next) && !StandsApart(passage, habits))
            || Boilerplate.SaysHowToLeave(passage.Text) || ItemMetadata.Parse(passage.Text) is not null)
            return 0;
        var text = HeadingText.Parse(passage.Text);
        if (!text.Plain.Any(char.IsLetterOrDigit))
            return 0;
        var title = place.InNews ? TitleLine.WithoutSource(passage.Text) : TitleLine.Parse(passage.Text, names.Sources);
        var isFirst = place.BelowStructure;
        return (isFirst ? 5 : 0) + (passage.LedEntry ? 9 : 0) + Form(passage, text, title, isFirst) + Marks(passage, title, habits, isFirst) + Surroundings(passage, place, title)
            + (place.IsTwoLines ? 2 : 0)
            + (place.IsAboveSource && passage.OpensParagraph ? 8 : 0)
            + (place.InNews && passage.Kind == PassageKind.Text ? 3 : 0)
            + (place.InNews && habits.Plain && !isFirst && StandsAsTitle(passage, place.Next) && passage.OpensParagraph && Wording.LastMark(place.Previous?.Text ?? "") != ':' ? 2 : 0)
            + (StandsApart(passage, habits) && !isFirst ? 6 : 0)
            + (habits.Sourced && title.Evidence == SourceEvidence.None ? -1 : 0)
            + (place.CurrentTitle is { } current && !isFirst && !(passage.Kind == PassageKind.Heading && passage.Level == habits.Level) && TitleRepeats.Repeats(text.Plain, current) ? -9 : 0);
    }

    /// <summary>"Best wishes" on a line of its own; above a text and right below a structure heading it may be a title.</summary>
    public static bool ClosesLetter(Passage passage, bool belowStructure, Passage? next)
        => passage is { Kind: PassageKind.Text, OpensParagraph: true } && Letter.IsClosing(passage) && !(belowStructure && next is not null);

    /// <summary>Below more than one empty line, as the headings of the text do and little else.</summary>
    public static bool StandsApart(Passage passage, HeadingHabits habits) => habits.Apart && passage is { OpensParagraph: true, BlankLinesBefore: > 1 };

    /// <summary>Not enough to make a heading, but too much to say nothing: the editor is asked.</summary>
    public static bool IsDoubtful(Passage passage, Passage? next, int weight, HeadingHabits habits)
        => passage.OpensParagraph && passage.Kind == PassageKind.Text && (!habits.Apart || StandsApart(passage, habits))
            && (weight >= Enough - 2 || (habits is { Level: 0, Numbered: false } && passage.Emphasis == habits.Emphasis && (StandsAsTitle(passage, next) || MayNameASource(passage, next))));

    /// <summary>"Name. Title." in a script where capitals do not tell names, alone above a text.</summary>
    private static bool MayNameASource(Passage passage, Passage? next)
        => next is { Kind: PassageKind.Text, OpensParagraph: true } && passage.Text.Length <= 120 && Wording.WordCount(passage.Text) <= 12
            && Wording.FirstLetter(passage.Text) is > '\u024F' && passage.Text.IndexOf(". ", StringComparison.Ordinal) > 0;

    /// <summary>A short line without a full stop that stands alone above a sentence.</summary>
    public static bool StandsAsTitle(Passage passage, Passage? next)
        => MayBeTitle(passage) && Wording.WordCount(passage.Text) >= 2 && next is { Kind: PassageKind.Text, OpensParagraph: true } && Wording.LastMark(next.Text) == '.';

    public static bool MayBeTitle(Passage passage)
        => passage is { Kind: PassageKind.Text, Text.Length: <= 200 }
            && Wording.WordCount(passage.Text) <= 16
            && Wording.LastMark(passage.Text) is var mark && (char.IsLetterOrDigit(mark) || mark == '?' || (mark == '.' && Wording.EndsInAbbreviation(passage.Text)))
            && !Wording.StartsLower(passage.Text);

    private static int Form(Passage passage, HeadingText text, TitleLine title, bool isFirst)
    {
        var plain = text.Plain;
        var words = Wording.WordCount(plain);
        var sourced = title.Evidence != SourceEvidence.None;
        var weight = title.Evidence switch
        {
            SourceEvidence.Known => 6,
            SourceEvidence.Form => 5,
            SourceEvidence.Body => 4,
            SourceEvidence.Guess => 3,
            _ => 0,
        };
        if (sourced && plain.EndsWith('.') && StartsLikeASentence(title.Title))
            weight -= 5;
        if (text.Links.Count == 1 && text.Links[0].Text.Length > 0 && (text.Links[0].Text.Length * 10 >= plain.Length * 9 || (sourced && text.Links[0].Text.TrimEnd('.') == title.Title)))
            weight += 2;
        if (plain.EndsWith(':'))
            weight -= passage.Kind == PassageKind.Heading ? 1 : 7;
        else if (plain.EndsWith(';') || plain.EndsWith(','))
            weight -= 5;
        else if (plain.EndsWith('.') && !sourced)
            weight -= isFirst && words <= 16 && !StartsLikeASentence(plain) ? 1 : passage.Kind == PassageKind.Heading ? 1 : 6;
        else if (passage.Kind == PassageKind.Text && !isFirst && Wording.StopsShort(plain))
            weight -= 8;
        if (words > 36 || plain.Length > 260)
            weight -= passage.Kind == PassageKind.Heading ? 2 : 8;
        if (words <= 3 && !sourced && !isFirst && title.Number is null && passage.Kind == PassageKind.Text)
            weight -= 2;
        if (Wording.StartsLower(plain) && passage.Kind == PassageKind.Text)
            weight -= 4;
        if (Wording.IsTitleCase(plain) && !sourced)
            weight += 1;
        if (!sourced && words is >= 4 and <= 25 && plain.IndexOf(": ", StringComparison.Ordinal) is > 0 and <= 80)
            weight += 2;
        return weight;
    }

    private static int Marks(Passage passage, TitleLine title, HeadingHabits habits, bool isFirst)
    {
        if (passage.Kind == PassageKind.Heading)
            return habits.Level == 0 ? (passage.Level >= HeadingHabits.SubHeading ? -12 : habits.Plain ? 4 : -2) : passage.Level == habits.Level ? 8 : passage.Level > habits.Level ? -12 : 2;
        if (habits.Level > 0)
            return isFirst ? -2 : -8;
        return (habits.Emphasis == Emphasis.None ? 0 : passage.Emphasis == habits.Emphasis ? 3 : -4)
            + (!habits.Numbered ? 0 : title.Number is not null ? 6 : -4);
    }

    private static int Surroundings(Passage passage, Place place, TitleLine title)
    {
        var weight = 0;
        if (place.Next is { Kind: PassageKind.Text } next)
        {
            if (Wording.WordCount(next.Text[..Math.Min(next.Text.Length, 300)]) >= 12 || Wording.EndsSentence(next.Text))
                weight += 2;
            if (Wording.IntroducesAPublication(next.Text))
                weight += 2;
        }
        else if (place.Next is { Kind: PassageKind.List } && title.Evidence == SourceEvidence.None && passage.Kind == PassageKind.Text)
            weight -= 3;

        if (!passage.OpensParagraph && place.Previous is { Kind: PassageKind.Text } above && !place.BelowStructure)
            weight -= Wording.EndsSentence(above.Text) ? 1 : 3;
        if (place.Previous is { Kind: PassageKind.Text } before && Wording.LastMark(before.Text) == ':' && !place.BelowStructure)
            weight -= 3;
        return weight;
    }

    private static bool StartsLikeASentence(string text)
        => text.Split(' ', 3) is [var first, _, ..] && first is "This" or "It" or "They" or "These" or "We" or "There" or "He" or "She";
}
