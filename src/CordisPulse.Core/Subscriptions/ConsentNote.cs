using CordisPulse.Core.Data;

namespace CordisPulse.Core.Subscriptions;

/// <summary>What staff note beside an act: who asked for it, how somebody agreed, how it is known. It is kept with the person.</summary>
public static class ConsentNote
{
    /// <summary>What is wrong with it; null when it can be kept.</summary>
    /// <param name="note">As it was typed.</param>
    /// <param name="whenMissing">What to ask for where nothing is said.</param>
    public static string? ProblemOf(string? note, string whenMissing) => PersonText.Clean(note) switch
    {
        null => whenMissing,
        { Length: > Limits.Note } text => $"This can have {Limits.Note} characters; there are {text.Length}.",
        _ => null,
    };

    /// <exception cref="RefusedException">Nothing is said, or too much.</exception>
    public static string Checked(string? note)
        => ProblemOf(note, "Say how you know: it is kept with the person and can't be added later.") is { } problem ? throw new RefusedException(problem) : PersonText.Clean(note)!;
}
