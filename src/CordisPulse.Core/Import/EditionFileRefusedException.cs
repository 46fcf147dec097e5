namespace CordisPulse.Core.Import;

/// <summary>A file that cannot be read as an edition; the message is one line for the person who chose the file.</summary>
public sealed class EditionFileRefusedException : Exception
{
    public EditionFileRefusedException()
    {
    }

    public EditionFileRefusedException(string message)
        : base(message)
    {
    }

    public EditionFileRefusedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
