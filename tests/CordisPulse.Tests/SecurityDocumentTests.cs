using System.Text.RegularExpressions;

namespace CordisPulse.Tests;

/// <summary>docs/security.md says something of every requirement of level 1, and names nothing that is not there.</summary>
public sealed partial class SecurityDocumentTests
{
    /// <summary>OWASP ASVS 5.0.0, level 1.</summary>
    private const string Level1 =
        """
        V1.2.1 V1.2.2 V1.2.3 V1.2.4 V1.2.5 V1.3.1 V1.3.2 V1.5.1 V2.1.1 V2.2.1 V2.2.2 V2.3.1 V3.2.1 V3.2.2 V3.3.1 V3.4.1 V3.4.2 V3.5.1 V3.5.2 V3.5.3
        V4.1.1 V4.4.1 V5.2.1 V5.2.2 V5.3.1 V5.3.2 V6.1.1 V6.2.1 V6.2.2 V6.2.3 V6.2.4 V6.2.5 V6.2.6 V6.2.7 V6.2.8 V6.3.1 V6.3.2 V6.4.1 V6.4.2 V7.2.1
        V7.2.2 V7.2.3 V7.2.4 V7.4.1 V7.4.2 V8.1.1 V8.2.1 V8.2.2 V8.3.1 V9.1.1 V9.1.2 V9.1.3 V9.2.1 V10.4.1 V10.4.2 V10.4.3 V10.4.4 V10.4.5 V11.3.1 V11.3.2
        V11.4.1 V12.1.1 V12.2.1 V12.2.2 V13.4.1 V14.2.1 V14.3.1 V15.1.1 V15.2.1 V15.3.1
        """;

    [Fact]
    public void Every_requirement_stands_in_the_table_with_a_state_and_what_shows_it()
    {
        var rows = Row().Matches(Document()).Select(row => (Number: row.Groups[1].Value, State: row.Groups[2].Value, By: row.Groups[3].Value.Trim())).ToList();

        Assert.Equal(Level1.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries), rows.Select(row => row.Number));
        Assert.All(rows, row => Assert.NotEmpty(row.By));
    }

    [Fact]
    public void Every_test_and_file_that_is_named_is_there()
    {
        var named = Quoted().Matches(Document()).Select(match => match.Groups[1].Value).Distinct().ToList();
        var tests = Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories).Select(file => Path.GetFileNameWithoutExtension(file)!).ToHashSet();

        Assert.Equal([], named.Where(name => name.EndsWith("Tests", StringComparison.Ordinal) && !tests.Contains(name)));
        Assert.Equal([], named.Where(name => name.Contains('/', StringComparison.Ordinal) && name[0] != '/' && !File.Exists(Path.Combine(Repository.Root, name)) && !Directory.Exists(Path.Combine(Repository.Root, name))));
    }

    private static string Document() => Repository.Read("docs/security.md");

    [GeneratedRegex(@"^\| (V[\d.]+) \| [^|]+ \| (met|none|open) \| ([^|]+) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();
}
