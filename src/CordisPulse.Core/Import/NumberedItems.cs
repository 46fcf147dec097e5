using System.Globalization;

namespace CordisPulse.Core.Import;

/// <summary>
/// Numbered headings read like numbered lists. A list right below a structure heading, where only an item can stand, and the
/// lists that go on with its numbers become headings with their text; every other list stays one.
/// </summary>
internal static class NumberedItems
{
    private const int LongestHeading = 300;

    public static List<Passage> Unroll(IReadOnlyList<Passage> passages, Names names)
    {
        List<Passage> named = [.. passages.Select(passage => OnlyLine(passage) is { } line && StructureHeadings.Names(line, names) ? Line(passage, line) : passage)];
        var marks = StructureHeadings.Find(named, names);
        List<Passage> unrolled = [];
        int? next = null;
        var isLed = false;
        for (var i = 0; i < named.Count; i++)
        {
            var isBelow = i > 0 && marks[i - 1] is { IsTitle: false };
            if (marks[i] is not null)
                (next, isLed) = (null, false);
            var passage = named[i];
            if (!isBelow && passage.List is { } whole && Resumes(whole, next, names) is var at and > 0)
            {
                unrolled.Add(passage with { List = whole with { Entries = [.. whole.Entries.Take(at)] } });
                passage = passage with { List = whole with { Entries = [.. whole.Entries.Skip(at)] } };
            }

            if ((isBelow || isLed) && passage.List is { } led && led.Entries.All(entry => Lead(entry) > 0))
            {
                Append(led with { Entries = [.. led.Entries.Select(Parted)] }, unrolled, isLed: true);
                isLed = true;
            }
            else if (passage.List is { } list && Heads(list, isBelow, next, names))
            {
                Append(list, unrolled);
                next = list.Entries[^1].IsNumbered ? Number(list.Entries[^1]) + 1 : null;
            }
            else
                unrolled.Add(passage);
        }

        return unrolled;
    }

    /// <summary>Where a list that a heading came right below, and that was read as one with it, goes over into that heading; 0 for nowhere.</summary>
    private static int Resumes(ListBlock list, int? next, Names names)
    {
        for (var i = 1; next is not null && i < list.Entries.Count; i++)
            if (Number(list.Entries[i]) == next && (Number(list.Entries[i - 1]) >= next || IsSourced(list.Entries[i], names)))
                return i;
        return 0;
    }

    private static bool Heads(ListBlock list, bool isBelow, int? next, Names names)
    {
        if (!list.Entries.All(entry => entry.Blocks is [ParagraphBlock, ..]))
            return false;
        if (!list.Entries[0].IsNumbered)
            return isBelow && list.Entries.All(entry => IsSourced(entry, names));
        return (isBelow || Number(list.Entries[0]) == next)
            && list.Entries.All(entry => FirstLine(entry) is { Length: <= LongestHeading } line && (Wording.LastMark(line) != '.' || Wording.EndsInAbbreviation(line) || (isBelow && list.Entries.Count == 1) || IsSourced(entry, names)));
    }

    private static bool IsSourced(ListEntry entry, Names names)
        => entry.Blocks is [ParagraphBlock, ..] && FirstLine(entry) is { Length: <= LongestHeading } line && TitleLine.Parse(line, names.Sources).Evidence > SourceEvidence.Guess;

    /// <summary>Where the title in "**Source – Title.** Its text." ends; 0 for an entry of another form, such as a source alone in bold.</summary>
    private static int Lead(ListEntry entry)
    {
        if (entry.Blocks is not [ParagraphBlock, ..] || FirstLine(entry) is not ['*', '*', ..] line)
            return 0;
        var close = line.IndexOf("**", 2, StringComparison.Ordinal);
        if (close is < 3 or > LongestHeading || close + 3 >= line.Length || line[close + 2] != ' ' || line[close - 1] is not ('.' or '?' or '!'))
            return 0;
        var title = HeadingText.Parse(line[2..close]).Plain.TrimEnd('.');
        var isDivided = title.AsSpan().ContainsAny(".:–—|") || title.Contains(" - ", StringComparison.Ordinal);
        return char.IsLetterOrDigit(line[close + 3]) && (isDivided || !Wording.IsNameLike(title)) ? close + 2 : 0;
    }

    private static ListEntry Parted(ListEntry entry)
    {
        var paragraph = (ParagraphBlock)entry.Blocks[0];
        var end = Lead(entry);
        return entry with { Blocks = [new ParagraphBlock([paragraph.Lines[0][..end]]), new ParagraphBlock([paragraph.Lines[0][(end + 1)..], .. paragraph.Lines.Skip(1)]), .. entry.Blocks.Skip(1)] };
    }

    private static void Append(ListBlock list, List<Passage> passages, bool isLed = false)
    {
        foreach (var entry in list.Entries)
        {
            // Paragraphs of their own, unlike any of the text's.
            var paragraph = -passages.Count - 1;
            var inner = Passages.Of(entry.Blocks);
            for (var i = 0; i < inner.Count; i++)
                passages.Add(inner[i] with
                {
                    Paragraph = paragraph - inner[i].Paragraph,
                    LedEntry = isLed && i == 0,
                    Text = i == 0 && entry.IsNumbered ? $"{entry.Marker} {inner[i].Text}" : inner[i].Text,
                    BlankLinesBefore = i == 0 ? list.BlankLinesBefore : inner[i].BlankLinesBefore,
                });
        }
    }

    private static string? OnlyLine(Passage passage)
        => passage.List is { Entries: [{ IsNumbered: true, Blocks: [ParagraphBlock { Lines: [{ Length: <= LongestHeading } line] }] }] } ? line : null;

    private static Passage Line(Passage passage, string line)
        => passage with { Kind = PassageKind.Text, List = null, Text = $"{passage.List!.Entries[0].Marker} {line}" };

    private static string FirstLine(ListEntry entry) => ((ParagraphBlock)entry.Blocks[0]).Lines is [var line, ..] ? line : "";

    private static int? Number(ListEntry entry)
        => int.TryParse(entry.Marker.AsSpan().TrimEnd('.'), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
