namespace CordisPulse.Core.Editions;

/// <summary>What a text says now and who saved it last; null for a command or an import at first start.</summary>
public sealed record StoredText<T>(T Text, int Version, DateTime SavedUtc, string? SavedBy)
{
    /// <summary>What the text said when the editor began; the default of its type where that is not known.</summary>
    public T? Began { get; init; }
}

/// <summary>Somebody saved another version of the text since this editor began. Nothing was saved; the editor decides.</summary>
public sealed class TextConflictException<T>(StoredText<T> stored)
    : RefusedException("Somebody else has saved this text since you opened it. Nothing was saved yet.")
{
    public StoredText<T> Stored { get; } = stored;
}

/// <summary>The text is no longer in the edition.</summary>
public sealed class TextGoneException(string message) : RefusedException(message);
