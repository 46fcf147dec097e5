using System.Globalization;

namespace CordisPulse.Core.Import;

/// <summary>What an edition does not take over from a file as it stands, a sentence for each, said once.</summary>
internal sealed class LeftOut
{
    private const int Longest = 160;

    /// <summary>Nobody reads more sentences; the rest are counted.</summary>
    private const int Most = 100;

    private readonly HashSet<string> _sentences = [];
    private readonly List<string> _inOrder = [];
    private readonly Dictionary<string, int> _tracked = new(StringComparer.Ordinal);
    private int _more;

    public IReadOnlyList<string> Sentences =>
    [
        .. _inOrder,
        .. _more > 0 ? [string.Create(CultureInfo.InvariantCulture, $"{_more} more were left out.")] : (IEnumerable<string>)[],
        .. _tracked.Select(tracker => string.Create(CultureInfo.InvariantCulture, $"{tracker.Value} {(tracker.Value == 1 ? "link goes" : "links go")} through {tracker.Key}, which counts clicks; where to cannot be told from the address.")),
    ];

    /// <param name="alt">The words for who cannot see it; empty where it only decorates.</param>
    /// <param name="source">Its address, to name it by where it has no words.</param>
    /// <param name="link">Where it led.</param>
    public void Picture(string? alt, string? source, string? link)
    {
        if (alt is not null && string.IsNullOrWhiteSpace(alt))
            return;
        var words = alt is null ? FileName(source) : $"“{Line(alt)}”";
        Say(words is null && link is null ? "A picture was left out: editions hold none." : $"A picture was left out: {words ?? "it had no words"}{(link is null ? "" : $", which led to {Line(link)}")}.");
    }

    public void Attachment(string? name) => Say($"The attachment {(string.IsNullOrWhiteSpace(name) ? "without a name" : $"“{Line(name)}”")} was left out.");

    public void Link(string address, string words)
    {
        if (LinkAddress.Tracker(address) is not { } tracker)
            return;
        if (LinkAddress.Target(address) is { } target)
            Say($"The link “{Line(words)}” goes through {tracker}, which counts clicks; it ends at {Line(target)}.");
        else
            _tracked[tracker] = _tracked.GetValueOrDefault(tracker) + 1;
    }

    public void Say(string sentence)
    {
        if (!_sentences.Add(sentence))
            return;
        if (_inOrder.Count < Most)
            _inOrder.Add(sentence);
        else
            _more++;
    }

    private static string? FileName(string? source)
    {
        if (source is null || source.StartsWith("data:", StringComparison.OrdinalIgnoreCase) || source.StartsWith("cid:", StringComparison.OrdinalIgnoreCase))
            return null;
        var path = source.Split('?', '#')[0];
        var name = path[(path.LastIndexOf('/') + 1)..];
        return name.Length is > 0 and <= 80 ? Line(name) : null;
    }

    private static string Line(string text)
    {
        var line = string.Join(' ', HtmlBlocks.Clean(text).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= Longest ? line : ShortText.Of(line, Longest - 1) + "…";
    }
}
