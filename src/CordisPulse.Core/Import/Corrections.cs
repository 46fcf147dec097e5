using System.Text.RegularExpressions;

namespace CordisPulse.Core.Import;

/// <summary>What readers were told about an earlier publication, "Corrected on 9 March 2022: …". It is no part of the text that was corrected.</summary>
internal static partial class Corrections
{
    public const string Why = "It tells readers what was corrected in an earlier publication.";

    /// <summary>The text without its corrections, and these.</summary>
    public static (IReadOnlyList<Passage> Text, IReadOnlyList<string> Corrections) Apart(IReadOnlyList<Passage> passages)
    {
        var paragraphs = passages.Where(IsOne).Select(passage => passage.Paragraph).ToHashSet();
        if (paragraphs.Count == 0)
            return (passages, []);
        var apart = passages.ToLookup(passage => passage.Kind == PassageKind.Text && paragraphs.Contains(passage.Paragraph));
        return ([.. apart[false]], [.. apart[true].GroupBy(passage => passage.Paragraph).Select(lines => string.Join('\n', lines.Select(line => line.Text)))]);
    }

    private static bool IsOne(Passage passage) => passage is { Kind: PassageKind.Text, OpensParagraph: true } && Beginning().IsMatch(passage.Text);

    [GeneratedRegex(@"^\**Corrected on [0-9]{1,2} \p{L}{3,9} [0-9]{4}:", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Beginning();
}
