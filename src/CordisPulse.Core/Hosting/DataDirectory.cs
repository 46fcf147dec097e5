using Microsoft.Extensions.Configuration;

namespace CordisPulse.Core.Hosting;

/// <summary>The folder of everything that this node keeps on disk (<c>Data:Directory</c>).</summary>
public sealed class DataDirectory
{
    public const string Key = "Data:Directory";

    /// <exception cref="InvalidSettingException">The folder cannot be made or written to.</exception>
    public DataDirectory(IConfiguration configuration, string contentRoot)
    {
        // Beside the program, not in it: replacing the program on an upgrade must not take the data along.
        var configured = configuration[Key];
        Path = System.IO.Path.GetFullPath(string.IsNullOrWhiteSpace(configured)
            ? System.IO.Path.Combine(contentRoot, "..", "data")
            : configured);
        if (Folder.ProblemWithWriting(Path) is { } problem)
            throw new InvalidSettingException($"{Key}: {problem}");
    }

    public string Path { get; }

    public string File(string name) => System.IO.Path.Combine(Path, name);
}
