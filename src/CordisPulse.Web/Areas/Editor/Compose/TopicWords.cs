using CordisPulse.Core.Data;

namespace CordisPulse.Web.Areas.Editor.Compose;

/// <summary>Topics as what was typed is compared and told: "family hubs, workforce", which their slugs say whatever became of them.</summary>
internal static class TopicWords
{
    private const string Apart = ", ";

    public static string Of(IEnumerable<string> slugs) => string.Join(Apart, slugs.Distinct().Order(StringComparer.Ordinal).Select(slug => slug.Replace('-', ' ')));

    /// <summary>The slugs again.</summary>
    public static List<string> Read(string? words) => [.. (words ?? "").Split(Apart, StringSplitOptions.RemoveEmptyEntries).Select(word => word.Replace(' ', '-'))];

    public static bool IsSlug(string? text) => text is { Length: > 0 and <= Limits.Slug } && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
