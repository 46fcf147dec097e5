using CordisPulse.Core.Editions.Checks;

namespace CordisPulse.Web.Areas.Editor.Review;

/// <summary>What whoever asks for an approval, and whoever is asked, must know of the checks.</summary>
internal static class ApprovalWords
{
    public static int ErrorsIn(IReadOnlyList<Finding>? findings) => findings?.Count(finding => finding.Severity == FindingSeverity.Error) ?? 0;

    /// <param name="errors">One or more.</param>
    public static string Open(int errors)
        => $"{Counted.Of(errors, "error")} {(errors == 1 ? "is" : "are")} open: the edition can't be published until {(errors == 1 ? "it is" : "they are")} mended, and mending changes what was approved.";
}
