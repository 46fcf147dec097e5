using System.Collections.Concurrent;
using Markdig;
using Markdig.Renderers;
using Markdig.Syntax;

namespace CordisPulse.Core.Rendering;

/// <summary>Setting up the library's renderer takes several times as long as rendering a summary, so renderers are used again.</summary>
internal sealed class RendererPool(MarkdownPipeline pipeline, bool forPlainText)
{
    private readonly ConcurrentBag<HtmlRenderer> _idle = [];

    public string Render(MarkdownDocument document)
    {
        var renderer = _idle.TryTake(out var idle) ? idle : Make();
        using var writer = new StringWriter { NewLine = "\n" };
        renderer.Writer = writer;
        renderer.Render(document);
        // Not after a failure, which may have left it in the middle of something.
        renderer.Writer = TextWriter.Null;
        _idle.Add(renderer);
        return writer.ToString();
    }

    private HtmlRenderer Make()
    {
        var renderer = new HtmlRenderer(TextWriter.Null)
        {
            EnableHtmlForBlock = !forPlainText,
            EnableHtmlForInline = !forPlainText,
            EnableHtmlEscape = !forPlainText,
        };
        pipeline.Setup(renderer);
        return renderer;
    }
}
