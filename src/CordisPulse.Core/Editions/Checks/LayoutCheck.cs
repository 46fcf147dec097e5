using CordisPulse.Core.Rendering;

namespace CordisPulse.Core.Editions.Checks;

/// <summary>A text of a shape that nobody writes, which readers get as it was typed.</summary>
internal sealed class LayoutCheck : ITextCheck
{
    public IEnumerable<Finding> Check(CheckedEdition edition)
        => edition.Texts
            .Where(text => !MarkdownRenderer.CanLayOut(text.Markdown))
            .Select(text => CheckedEdition.OfText(text, FindingKinds.TextPlain, FindingSeverity.Warning,
                "Readers see the text as it was typed, marks and all: it is nested too deep, or has too many lines, entries or marks, to be laid out. Shorten it, or take a level out."));
}
