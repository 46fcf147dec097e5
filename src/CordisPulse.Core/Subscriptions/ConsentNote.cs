using CordisPulse.Core.Data;

namespace CordisPulse.Core.Subscriptions;

/// <summary>How people agreed, as staff note it.</summary>
public static class ConsentNote
{
    /// <exception cref="RefusedException">Nothing is said, or too much.</exception>
    public static string Checked(string? note)
    {
        var text = PersonText.Clean(note) ?? throw new RefusedException("Say how they agreed: it is kept with each person and can't be added later.");
        return text.Length <= Limits.Note
            ? text
            : throw new RefusedException($"The note on how they agreed has at most {Limits.Note} characters; this one has {text.Length}.");
    }
}
