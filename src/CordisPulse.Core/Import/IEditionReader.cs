namespace CordisPulse.Core.Import;

/// <summary>Turns one type of file into blocks; knows nothing of editions.</summary>
public interface IEditionReader
{
    /// <summary>File name endings with their dot, in lower case.</summary>
    IReadOnlyList<string> FileTypes { get; }

    /// <exception cref="EditionFileRefusedException">The content is not what the file's name says.</exception>
    FileText Read(ReadOnlyMemory<byte> content);
}
