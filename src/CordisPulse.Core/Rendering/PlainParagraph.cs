using System.Buffers;

namespace CordisPulse.Core.Rendering;

/// <summary>
/// Tells a text that is one paragraph of nothing but words, as most summaries are: laid out, it reads as it was typed. Telling so takes a
/// hundredth of the time of laying it out.
/// </summary>
internal static class PlainParagraph
{
    /// <summary>With these a block begins that is no paragraph (CommonMark sections 4 and 5), or a number of a list.</summary>
    private static readonly SearchValues<char> Beginnings = SearchValues.Create("-+#>=0123456789");

    /// <summary>With these something begins that is no word, or ends: marks of Markdown, entities, and whatever is no sign that shows.</summary>
    private static readonly SearchValues<char> Marks = SearchValues.Create(
        "*_[]<&\\|`~" + string.Concat(Enumerable.Range(0, ' ').Select(code => (char)code)) + "\u007F\u0085\u2028\u2029");

    /// <summary>With these the library makes a link of its own accord.</summary>
    private static readonly SearchValues<string> Links = SearchValues.Create(["://", "www.", "mailto:", "tel:"], StringComparison.OrdinalIgnoreCase);

    public static bool Is(ReadOnlySpan<char> markdown) => !markdown.IsEmpty
        && !Beginnings.Contains(markdown[0]) && !char.IsWhiteSpace(markdown[0]) && !char.IsWhiteSpace(markdown[^1])
        && !markdown.ContainsAny(Marks) && !markdown.ContainsAny(Links);

    /// <summary>As the library writes it.</summary>
    public static string ToHtml(string paragraph)
        => $"<p>{paragraph.Replace(">", "&gt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal)}</p>\n";
}
