using System.Text.RegularExpressions;
using CordisPulse.Core.Editions.Covered;

namespace CordisPulse.Core.Editions.Checks;

/// <summary>A text that sends the reader to another item which is not there: by a link (<c>#item-slug</c>) or in words ("see above").</summary>
internal sealed partial class CrossReferenceCheck : ITextCheck
{
    /// <summary>Words that two titles must share for "see above" to mean one of them.</summary>
    private const int SharedWords = 2;

    public IEnumerable<Finding> Check(CheckedEdition edition)
    {
        var items = edition.Document.Items.Select(placed => placed.Item).ToList();
        var slugs = items.Select(item => item.Slug).ToHashSet(StringComparer.Ordinal);
        foreach (var text in edition.Texts)
            if (text.Links.FirstOrDefault(link => link.Url is ['#', _, ..] && !slugs.Contains(link.Url[1..])) is { } link)
                yield return CheckedEdition.OfText(text, FindingKinds.CrossReferenceMissing, FindingSeverity.Error,
                    $"“{link.Text}” refers to an item that is not in this edition. Link to one that is, or take the reference out.");

        var titles = items.Select(item => TitleWords.Of($"{item.Title} {item.Source}")).ToList();
        for (var i = 0; i < items.Count; i++)
        {
            if (Reference().Match(items[i].Summary) is not { Success: true } reference)
                continue;
            var backwards = reference.Groups["where"].Value.ToLowerInvariant() is "above" or "earlier";
            var candidates = backwards ? titles.Take(i) : titles.Skip(i + 1);
            if (!candidates.Any(other => titles[i].CountShared(other) >= SharedWords))
                yield return CheckedEdition.OfItem(items[i], FindingField.Text, FindingKinds.CrossReferenceMissing, FindingSeverity.Error,
                    $"“{reference.Value}” refers to an item, but none {(backwards ? "before" : "after")} this one is on the same thing. Name it, or take the reference out.");
        }
    }

    [GeneratedRegex(@"\b(?:see|described|summarised|covered|mentioned|discussed)\s+(?<where>above|below|earlier|later)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TextPattern.MostMilliseconds)]
    private static partial Regex Reference();
}
