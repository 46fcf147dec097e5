using CordisPulse.Core.Rendering;

namespace CordisPulse.Core.Editions.Checks;

/// <summary>A summary far longer than those around it.</summary>
internal sealed class SummaryLengthCheck : ITextCheck
{
    private const double TimesTheMedian = 2.5;

    /// <summary>Below this many words no summary is long.</summary>
    private const int NeverLong = 200;

    /// <summary>Fewer items give no median to speak of.</summary>
    private const int FewItems = 4;

    public IEnumerable<Finding> Check(CheckedEdition edition)
    {
        var counted = edition.Document.Items.Select(placed => (placed.Item, Words: MarkdownRenderer.CountWords(placed.Item.Summary))).ToList();
        if (counted.Count < FewItems)
            return [];
        var median = counted.Select(entry => entry.Words).Order().ElementAt(counted.Count / 2);
        return counted
            .Where(entry => entry.Words > NeverLong && entry.Words > TimesTheMedian * median)
            .Select(entry => CheckedEdition.OfItem(entry.Item, FindingField.Text, FindingKinds.SummaryLong, FindingSeverity.Warning,
                $"The summary has {entry.Words} words; half of the others have {median} or fewer. Shorten it if it can say as much in less."));
    }
}
