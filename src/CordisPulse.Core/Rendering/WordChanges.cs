using System.Text.RegularExpressions;

namespace CordisPulse.Core.Rendering;

/// <summary>A run of words, and whether the other version lacks it.</summary>
public sealed record ComparedText(string Text, bool Differs);

/// <summary>Two versions of one text, each in runs that are in both or in it alone. The runs of a version make up its text.</summary>
public sealed partial record WordChanges(IReadOnlyList<ComparedText> Before, IReadOnlyList<ComparedText> After)
{
    /// <summary>What is compared word by word; of longer stretches that differ, all of it is marked.</summary>
    private const int MostCells = 4_000_000;

    public static WordChanges Between(string before, string after)
    {
        var (old, young) = (Words(before), Words(after));
        var start = 0;
        while (start < Math.Min(old.Length, young.Length) && old[start] == young[start])
            start++;
        var end = 0;
        while (end < Math.Min(old.Length, young.Length) - start && old[^(end + 1)] == young[^(end + 1)])
            end++;
        var (inOld, inYoung) = Shared(old.AsSpan(start, old.Length - start - end), young.AsSpan(start, young.Length - start - end));
        return new WordChanges(Runs(old, start, inOld), Runs(young, start, inYoung));
    }

    /// <summary>Which words of either middle are in a longest common subsequence of the two.</summary>
    private static (bool[] Old, bool[] Young) Shared(ReadOnlySpan<string> old, ReadOnlySpan<string> young)
    {
        var (inOld, inYoung) = (new bool[old.Length], new bool[young.Length]);
        if ((long)old.Length * young.Length > MostCells)
            return (inOld, inYoung);
        var longest = new int[old.Length + 1, young.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
            for (var j = young.Length - 1; j >= 0; j--)
                longest[i, j] = old[i] == young[j] ? longest[i + 1, j + 1] + 1 : Math.Max(longest[i + 1, j], longest[i, j + 1]);
        for (int i = 0, j = 0; i < old.Length && j < young.Length;)
            if (old[i] == young[j])
                inOld[i++] = inYoung[j++] = true;
            else if (longest[i + 1, j] >= longest[i, j + 1])
                i++;
            else
                j++;
        return (inOld, inYoung);
    }

    private static List<ComparedText> Runs(string[] words, int start, bool[] shared)
    {
        var runs = new List<ComparedText>();
        for (var i = 0; i < words.Length; i++)
        {
            var differs = i >= start && i < start + shared.Length && !shared[i - start];
            if (runs.Count > 0 && runs[^1].Differs == differs)
                runs[^1] = runs[^1] with { Text = runs[^1].Text + words[i] };
            else
                runs.Add(new ComparedText(words[i], differs));
        }

        return runs;
    }

    private static string[] Words(string text) => [.. Word().Matches(text).Select(match => match.Value)];

    /// <summary>A word with the space after it, or space at the beginning.</summary>
    [GeneratedRegex(@"\S+\s*|\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
