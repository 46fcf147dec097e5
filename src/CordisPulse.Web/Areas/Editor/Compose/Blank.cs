using CordisPulse.Core;
using CordisPulse.Core.Import;

namespace CordisPulse.Web.Areas.Editor.Compose;

/// <summary>What was typed into a field, as texts hold it.</summary>
internal static class Blank
{
    public static string? ToNull(string? text) => VisibleText.IsIn(text) ? text!.Trim() : null;

    /// <summary>The page that is meant, where a mail program has put an address of its own around it.</summary>
    public static string? Link(string? text) => ToNull(text) is { } link ? TrackedLinks.Unwrapped(link) : null;

    /// <summary>Several lines with the line ends of the database; browsers send their own.</summary>
    public static string Lines(string? text) => (text ?? "").ReplaceLineEndings("\n").Trim();
}
