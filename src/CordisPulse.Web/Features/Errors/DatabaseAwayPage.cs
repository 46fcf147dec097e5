namespace CordisPulse.Web.Features.Errors;

/// <summary>While the database cannot be used: what became of what was sent, ready to be sent again.</summary>
/// <param name="IsFull">It can be read, and not written to.</param>
/// <param name="IsWrite">Something was to be saved.</param>
/// <param name="SendAgainTo">The path and query that the form was sent to; null where there was none, or it cannot be held.</param>
/// <param name="Fields">As they were sent, the antiforgery token among them: who had none has none now.</param>
public sealed record DatabaseAwayPage(bool IsFull, bool IsWrite, string? SendAgainTo, IReadOnlyList<KeyValuePair<string, string>> Fields)
{
    public string Title => IsFull ? "There is no room left on the server" : "The database cannot be reached right now";

    public string Explanation => (IsWrite, SendAgainTo) switch
    {
        (false, _) => "",
        (true, null) => "Nothing was saved. ",
        (true, _) => "Nothing was saved, and what you sent is still here. ",
    } + (IsFull
        ? "Everything can be read, but nothing can be saved until whoever runs the server has made room."
        : "It was not your doing, and has been noted. Try again in a minute.");
}
