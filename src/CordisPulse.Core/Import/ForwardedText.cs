namespace CordisPulse.Core.Import;

/// <summary>What mail programs put around a message that is forwarded within another: marks of quotation, and lines that say who sent it.</summary>
internal static class ForwardedText
{
    private const string Why = "A mail program wrote it, or somebody above the newsletter that was forwarded.";

    /// <summary>Deeper in a text the same words are a newsletter's own.</summary>
    private const int FirstBlocks = 40;

    private const int MostForwards = 20;

    private static readonly string[] Labels = ["From", "Sent", "Date", "To", "Cc", "Subject", "Reply-To", "Importance"];

    private static readonly string[] Rules = ["forwarded message", "original message", "begin forwarded message", "forwarded by"];

    /// <summary>Without the <c>&gt;</c> before each line, where most of a text stands behind it.</summary>
    public static string WithoutQuoteMarks(string text)
    {
        var lines = text.Split('\n');
        for (var i = 0; i < MostForwards && lines.Count(line => line.StartsWith('>')) * 2 > lines.Count(line => !string.IsNullOrWhiteSpace(line)); i++)
            lines = [.. lines.Select(Unquoted)];
        return string.Join('\n', lines);
    }

    /// <summary>The blocks of the message itself, and what stood above it.</summary>
    public static (IReadOnlyList<Block> Blocks, IReadOnlyList<RecognisedSetAside> Above) Strip(IReadOnlyList<Block> blocks)
    {
        var last = -1;
        for (var i = 0; i < blocks.Count && i < FirstBlocks; i++)
            if (IsHeader(blocks, i))
                last = i;
        if (last < 0)
            return (blocks, []);
        List<string> above = [.. blocks.Take(last).Select(Plain).Where(text => text.Length > 0)];
        var (header, rest) = Cut(((ParagraphBlock)blocks[last]).Lines);
        above.Add(string.Join('\n', header));
        return (
            [.. rest.Count > 0 ? [new ParagraphBlock(rest)] : (IEnumerable<Block>)[], .. blocks.Skip(last + 1)],
            [new RecognisedSetAside(null, string.Join("\n\n", above), Why)]);
    }

    private static string Unquoted(string line)
        => line.StartsWith("> ", StringComparison.Ordinal) ? line[2..] : line.StartsWith('>') ? line[1..] : line;

    /// <summary>A rule that says so with such lines below it, or two of them that a sender's begins.</summary>
    private static bool IsHeader(IReadOnlyList<Block> blocks, int i)
    {
        if (blocks[i] is not ParagraphBlock { Lines: var lines })
            return false;
        var labelled = lines.Take(10).Count(line => Label(line) is not null);
        var isAnnounced = lines.Any(IsRule) || (i > 0 && blocks[i - 1] is ParagraphBlock { Lines: [.., var above] } && IsRule(above));
        return isAnnounced ? labelled > 0 : labelled > 1 && lines.Any(line => Label(line) == "From") && lines.Any(line => Label(line) == "Subject");
    }

    private static bool IsRule(string line) => line.Length <= 80 && Rules.Any(rule => line.Contains(rule, StringComparison.OrdinalIgnoreCase));

    /// <summary>An address that went over to the next line stands before another label.</summary>
    private static (List<string> Header, List<string> Below) Cut(IReadOnlyList<string> lines)
    {
        var end = 0;
        for (var i = 0; i < lines.Count && i < 30; i++)
            if (IsRule(lines[i]) || Label(lines[i]) is not null)
                end = i + 1;
        return ([.. lines.Take(end).Select(line => line.TrimEnd())], [.. lines.Skip(end)]);
    }

    private static string? Label(string line)
    {
        var plain = line.TrimStart('*', '_', ' ');
        return Labels.FirstOrDefault(label => plain.StartsWith(label, StringComparison.OrdinalIgnoreCase) && plain[label.Length..].TrimStart('*', '_', ' ').StartsWith(':'));
    }

    private static string Plain(Block block) => SummaryMarkdown.Of(Passages.Of([block]));
}
