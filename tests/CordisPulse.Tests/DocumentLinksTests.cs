using System.Text.RegularExpressions;

namespace CordisPulse.Tests;

/// <summary>What the documents lead to is there: files, and headings within them. Addresses of other sites are not asked.</summary>
public sealed partial class DocumentLinksTests
{
    public static TheoryData<string> Documents =>
    [
        .. Directory.EnumerateFiles(Repository.Root, "*.md").Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(Repository.Root, file)).Order(),
    ];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_link_of_a_document_leads_somewhere(string document)
    {
        var folder = Path.GetDirectoryName(document)!;
        foreach (var link in Links().Matches(WithoutCode(Repository.Read(document))).Select(match => match.Groups[1].Value).Where(link => !link.Contains("://", StringComparison.Ordinal) && !link.StartsWith("mailto:", StringComparison.Ordinal)))
        {
            var (path, heading) = link.Split('#') is [var before, var after] ? (before, after) : (link, null);
            var target = path.Length == 0 ? document : Path.Combine(folder, path);
            Assert.True(Path.Exists(Path.Combine(Repository.Root, target)), $"{document} leads to {link}, which is not there.");
            if (heading is not null)
                Assert.True(Headings(Repository.Read(target)).Contains(heading), $"{document} leads to {link}, and there is no such heading.");
        }
    }

    /// <summary>As GitHub names them.</summary>
    private static HashSet<string> Headings(string text)
        => [.. Heading().Matches(text).Select(match => NoWord().Replace(match.Groups[1].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'))];

    private static string WithoutCode(string text) => Code().Replace(text, "");

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Links();

    [GeneratedRegex(@"^#{1,6} (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{N}\s_-]")]
    private static partial Regex NoWord();

    [GeneratedRegex(@"^```.*?^```|`[^`\n]+`", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Code();
}
