using System.Text;

namespace CordisPulse.Core.Import;

/// <summary>A link's address that a Markdown text gives away from the link: <c>[label]: address</c>.</summary>
internal sealed record LinkDefinitionBlock(string Label, string Url, string Source) : Block;

/// <summary>
/// Writes the addresses of reference links (<c>[text][label]</c>) into the links: an edition is cut into pieces, and a link
/// and its definition would end up in different ones.
/// </summary>
internal static class ReferenceLinks
{
    public static IReadOnlyList<Block> Resolve(IReadOnlyList<Block> blocks)
    {
        var urls = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var definition in blocks.OfType<LinkDefinitionBlock>())
            urls.TryAdd(definition.Label, definition.Url);
        if (urls.Count == 0)
            return blocks;

        var used = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var resolved = blocks.Select(block => Resolved(block, urls, used)).ToList();
        return
        [
            .. resolved.SelectMany<Block, Block>(block => block switch
            {
                // A title within the definition, or an unused definition, is kept as text: no word may vanish.
                LinkDefinitionBlock definition when used.Contains(definition.Label) && definition.Source.TrimEnd().EndsWith(definition.Url, StringComparison.Ordinal) => [],
                LinkDefinitionBlock definition => [new ParagraphBlock([definition.Source.ReplaceLineEndings(" ").Trim()]) { BlankLinesBefore = block.BlankLinesBefore }],
                _ => [block],
            }),
        ];
    }

    private static Block Resolved(Block block, Dictionary<string, string> urls, HashSet<string> used) => block switch
    {
        HeadingBlock heading => heading with { Text = Resolved(heading.Text, urls, used) },
        ParagraphBlock paragraph => paragraph with { Lines = [.. paragraph.Lines.Select(line => Resolved(line, urls, used))] },
        ListBlock list => list with { Entries = [.. list.Entries.Select(entry => entry with { Blocks = [.. entry.Blocks.Select(child => Resolved(child, urls, used))] })] },
        _ => block,
    };

    private static string Resolved(string text, Dictionary<string, string> urls, HashSet<string> used)
    {
        var open = text.IndexOf("][", StringComparison.Ordinal);
        if (open < 0)
            return text;
        var result = new StringBuilder(text.Length);
        var done = 0;
        while (open >= 0)
        {
            var close = text.IndexOf(']', open + 2);
            if (close < 0)
                break;
            var label = text[(open + 2)..close];
            if (label.Length > 0 && urls.TryGetValue(label, out var url))
            {
                used.Add(label);
                result.Append(text, done, open - done).Append("](").Append(url).Append(')');
                done = close + 1;
            }

            open = text.IndexOf("][", close, StringComparison.Ordinal);
        }

        return result.Append(text, done, text.Length - done).ToString();
    }
}
