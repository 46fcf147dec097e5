namespace CordisPulse.Core.Hosting;

/// <summary>Folders that settings name.</summary>
internal static class Folder
{
    /// <summary>Makes the folder where it is missing, and tries to write into it.</summary>
    /// <returns>Why that can't be done; null when it can.</returns>
    public static string? ProblemWithWriting(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
            using var trial = new FileStream(
                Path.Combine(path, $".{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return $"the folder '{path}' cannot be made or written to ({e.Message.TrimEnd('.')}).";
        }
    }
}
