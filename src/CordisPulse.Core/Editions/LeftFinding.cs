namespace CordisPulse.Core.Editions;

/// <summary>What a <see cref="Revision"/> says of a warning that was left as it is, or is shown again.</summary>
/// <param name="Key">The finding's kind and place.</param>
/// <param name="About">Title of the item or news item; null for the edition's own texts.</param>
/// <param name="Message">What the check said then.</param>
/// <param name="Before">The reason for which it was left until then; null while it was shown.</param>
/// <param name="Reason">Why it is left; null when it is shown again.</param>
public sealed record LeftFinding(string Key, string? About, string Message, string? Before, string? Reason);
