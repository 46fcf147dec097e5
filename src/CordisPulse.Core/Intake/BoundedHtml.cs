using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace CordisPulse.Core.Intake;

/// <summary>HTML that took longer to read than any that people write.</summary>
internal sealed class SlowHtmlException() : Exception("It takes too long to read.");

/// <summary>
/// Parses HTML that anybody may have written, within a few seconds whatever it holds: some of it costs a parser the square of its
/// length.
/// </summary>
internal static class BoundedHtml
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <param name="html">Any text.</param>
    /// <param name="read">Takes what it wants from the page; it looks at the token where it may take long.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="SlowHtmlException">The time is over.</exception>
    public static T Read<T>(string html, Func<IHtmlDocument, CancellationToken, T> read, CancellationToken cancellationToken = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Longest);
        var token = limit.Token;
        try
        {
            // One tag can make thousands of elements, so the parser is asked between the tags and between the elements.
            var parser = new HtmlParser(new HtmlParserOptions { OnCreated = (_, _) => token.ThrowIfCancellationRequested() });
            // All of the text is there: nothing is waited for, and only this way does the parser take the token.
            using var document = parser.ParseDocumentAsync(html, token).GetAwaiter().GetResult();
            return read(document, token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SlowHtmlException();
        }
    }

    /// <summary>The beginning of what nests too deep, or all of it: what a page says of itself stands at its top.</summary>
    public static string Shallow(string html) => HtmlDepth.Exceeded(html) is { } end ? html[..end] : html;
}
