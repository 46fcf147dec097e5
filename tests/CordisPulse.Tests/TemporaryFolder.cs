namespace CordisPulse.Tests;

internal static class TemporaryFolder
{
    private const int Tries = 20;

    /// <summary>Deletes a folder that a program which is just ending may still write a last line into, or delete a file from.</summary>
    public static void Delete(string path)
    {
        for (var left = Tries; Directory.Exists(path); left--)
            try
            {
                Directory.Delete(path, recursive: true);
            }
            catch (IOException) when (left > 0)
            {
                Thread.Sleep(50);
            }
    }
}
