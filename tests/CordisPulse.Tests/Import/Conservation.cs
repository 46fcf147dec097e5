using CordisPulse.Core.Import;

namespace CordisPulse.Tests.Import;

/// <summary>Counts words: every word of a text must come out at least as often as it went in.</summary>
internal static class Conservation
{
    public static void Check(string text, RecognisedEdition edition)
    {
        var recognised = Count(Everything(edition));
        var lost = Count([text]).Where(word => recognised.GetValueOrDefault(word.Key) < word.Value).Select(word => $"{word.Key} ({recognised.GetValueOrDefault(word.Key)} of {word.Value})").ToList();
        Assert.True(lost.Count == 0, $"Lost: {string.Join(", ", lost)}");
    }

    private static IEnumerable<string?> Everything(RecognisedEdition edition) =>
    [
        .. edition.Structure,
        edition.Introduction,
        edition.SignOff?.Name,
        edition.SignOff?.Role,
        .. edition.News.SelectMany(news => new[] { news.Title, news.Url, news.Body }),
        .. edition.Items.SelectMany(item => new[] { item.Source, item.Title, item.Url, item.Summary }),
        .. edition.Publisher.Texts,
        .. edition.SetAside.Select(text => text.Text),
    ];

    private static Dictionary<string, int> Count(IEnumerable<string?> texts)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var text in texts)
            foreach (var word in Words(text ?? ""))
                counts[word] = counts.GetValueOrDefault(word) + 1;
        return counts;
    }

    private static IEnumerable<string> Words(string text)
    {
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
            if (i < text.Length && char.IsLetterOrDigit(text[i]))
                start = start < 0 ? i : start;
            else if (start >= 0)
            {
                yield return text[start..i];
                start = -1;
            }
    }
}
