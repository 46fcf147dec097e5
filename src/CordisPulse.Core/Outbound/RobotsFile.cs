using System.Text;

namespace CordisPulse.Core.Outbound;

/// <summary>What a site's robots.txt asks of one program (RFC 9309).</summary>
public sealed class RobotsFile
{
    private const string Anybody = "*";

    private readonly IReadOnlyList<Rule> _rules;

    private RobotsFile(IReadOnlyList<Rule> rules) => _rules = rules;

    public static RobotsFile AllowsAll { get; } = new([]);

    public static RobotsFile AllowsNothing { get; } = new([Rule.Of("/", allows: false)]);

    /// <param name="text">Of the file.</param>
    /// <param name="product">How the program calls itself.</param>
    public static RobotsFile Parse(string text, string product)
    {
        var groups = Groups(text);
        var own = groups.Where(group => group.Agents.Contains(product)).ToList();
        // All groups that name the program count as one; what is for anybody counts only where none does (section 2.2.1).
        return new RobotsFile([.. (own.Count > 0 ? own : groups.Where(group => group.Agents.Contains(Anybody))).SelectMany(group => group.Rules)]);
    }

    /// <param name="path">With its query, as it is asked for.</param>
    public bool Allows(string path)
    {
        var asked = Encoded(path, isPattern: false);
        // The longest rule that matches decides, and of two that are alike the one that allows (section 2.2.2).
        return asked == "/robots.txt"
            || _rules.Where(rule => rule.Matches(asked)).OrderByDescending(rule => rule.Length).ThenByDescending(rule => rule.Allows).FirstOrDefault()?.Allows != false;
    }

    private static List<Group> Groups(string text)
    {
        var groups = new List<Group>();
        var isNamed = false;
        foreach (var line in text.TrimStart('\uFEFF').Split(["\r\n", "\n", "\r"], StringSplitOptions.None))
        {
            var record = line.Split('#', 2)[0].Split(':', 2);
            if (record is not [var name, var value])
                continue;
            switch (name.Trim().ToLowerInvariant())
            {
                case "user-agent":
                    // Lines that follow one another begin one group.
                    if (!isNamed)
                        groups.Add(new Group());
                    isNamed = true;
                    groups[^1].Agents.Add(Token(value.Trim()));
                    break;
                case "allow" or "disallow" when groups.Count > 0:
                    isNamed = false;
                    if (value.Trim() is { Length: > 0 } path)
                        groups[^1].Rules.Add(Rule.Of(path, name.Trim().Equals("allow", StringComparison.OrdinalIgnoreCase)));
                    break;
            }
        }

        return groups;
    }

    /// <summary>Some write a version behind the name, which is none of it.</summary>
    private static string Token(string agent)
        => agent.StartsWith('*') ? Anybody : new string([.. agent.TakeWhile(letter => char.IsAsciiLetter(letter) || letter is '_' or '-')]);

    /// <summary>The same octets in the same letters, however they were written (section 2.2.2).</summary>
    /// <param name="isPattern">Of a rule, in which <c>*</c> and <c>$</c> are signs; in an address they are letters.</param>
    private static string Encoded(string path, bool isPattern)
    {
        var encoded = new StringBuilder(path.Length);
        Span<byte> octets = stackalloc byte[4];
        for (var i = 0; i < path.Length; i++)
        {
            var letter = path[i];
            if (letter == '%' && i + 2 < path.Length && char.IsAsciiHexDigit(path[i + 1]) && char.IsAsciiHexDigit(path[i + 2]))
            {
                var octet = Convert.ToByte(path.Substring(i + 1, 2), 16);
                _ = char.IsAsciiLetterOrDigit((char)octet) || (char)octet is '-' or '.' or '_' or '~' ? encoded.Append((char)octet) : encoded.Append('%').Append(octet.ToString("X2", null));
                i += 2;
            }
            else if (!isPattern && letter is ('*' or '$'))
            {
                encoded.Append(letter == '*' ? "%2A" : "%24");
            }
            else if (char.IsAscii(letter))
            {
                encoded.Append(letter);
            }
            else
            {
                Rune.DecodeFromUtf16(path.AsSpan(i), out var rune, out var units);
                foreach (var octet in octets[..rune.EncodeToUtf8(octets)])
                    encoded.Append('%').Append(octet.ToString("X2", null));
                i += units - 1;
            }
        }

        return encoded.ToString();
    }

    private sealed class Group
    {
        public HashSet<string> Agents { get; } = new(StringComparer.OrdinalIgnoreCase);

        public List<Rule> Rules { get; } = [];
    }

    /// <param name="Parts">What stands between the stars.</param>
    /// <param name="IsWhole">The address ends where the rule does.</param>
    /// <param name="Length">In octets.</param>
    private sealed record Rule(bool Allows, string[] Parts, bool IsWhole, int Length)
    {
        public static Rule Of(string path, bool allows)
        {
            var pattern = Encoded(path, isPattern: true);
            var isWhole = pattern.EndsWith('$');
            return new Rule(allows, (isWhole ? pattern[..^1] : pattern).Replace("$", "%24", StringComparison.Ordinal).Split('*'), isWhole, pattern.Length);
        }

        public bool Matches(string path)
        {
            if (!path.StartsWith(Parts[0], StringComparison.Ordinal))
                return false;
            var at = Parts[0].Length;
            if (Parts.Length == 1)
                return !IsWhole || at == path.Length;
            foreach (var part in Parts[1..(IsWhole ? ^1 : ^0)])
            {
                var found = path.IndexOf(part, at, StringComparison.Ordinal);
                if (found < 0)
                    return false;
                at = found + part.Length;
            }

            return !IsWhole || (path.Length - at >= Parts[^1].Length && path.EndsWith(Parts[^1], StringComparison.Ordinal));
        }
    }
}
