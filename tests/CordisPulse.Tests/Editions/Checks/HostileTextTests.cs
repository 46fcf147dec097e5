using System.Reflection;
using System.Text.RegularExpressions;
using CordisPulse.Core.Editions.Checks;

namespace CordisPulse.Tests.Editions.Checks;

/// <summary>Texts that are made to be slow to read.</summary>
public sealed class HostileTextTests
{
    private const int Length = 20_000;

    /// <summary>What a pattern may begin to match again and again, and never ends as it should.</summary>
    private static readonly string[] Pieces =
    [
        "a", "A", "AB ", "AB (", "a (", "(", "[", "“", "\"", " ", "  ", "\t", "\n", "a-\n", "a- ", "1", "1.", "0 ", "+44 ", "(0", "a.", "a@", "a@b.", "a.b@", "- ", "| ",
        "rose by ", "rose by 12", "rose to 1 ", "up from 1 to ", "see ", "see above", "deadline ", "closes 1 ", "join us ", "join us on 1 ", "March ", "March 2022", "welcome to a ", "it is ",
        "In March ", "this month, ", "edition of ", "number ", "•", "\u00AD", "\uFB01", "\uD83D\uDE00", "‮", "é", "e\u0301",
    ];

    /// <summary>Every pattern of every check.</summary>
    public static TheoryData<string> Patterns => [.. All().Select(pattern => $"{pattern.DeclaringType!.Name}.{pattern.Name}")];

    [Theory]
    [MemberData(nameof(Patterns))]
    public void A_pattern_gives_up_in_time_and_never_has_to(string name)
    {
        var pattern = (Regex)All().Single(one => $"{one.DeclaringType!.Name}.{one.Name}" == name).Invoke(null, null)!;
        Assert.True(pattern.Options.HasFlag(RegexOptions.NonBacktracking) || pattern.MatchTimeout != Regex.InfiniteMatchTimeout, $"{name} may take for ever.");

        // A pattern whose work grows faster than the text is long would run into its limit here.
        foreach (var piece in Pieces)
            foreach (var end in (string[])["", "!", "\n"])
            {
                var text = string.Concat(Enumerable.Repeat(piece, Length / piece.Length)) + end;
                Assert.True(pattern.Count(text) >= 0);
            }
    }

    private static IEnumerable<MethodInfo> All() => typeof(IEditionCheck).Assembly.GetTypes()
        .Where(type => type.Namespace == typeof(IEditionCheck).Namespace)
        .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        .Where(method => method.GetCustomAttribute<GeneratedRegexAttribute>() is not null);
}
