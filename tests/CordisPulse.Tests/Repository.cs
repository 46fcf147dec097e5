namespace CordisPulse.Tests;

/// <summary>The folder that these tests were built in, for those that read its documents.</summary>
internal static class Repository
{
    public static string Root { get; } = Above(AppContext.BaseDirectory).First(folder => File.Exists(Path.Combine(folder, "CordisPulse.sln")));

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static IEnumerable<string> Above(string? folder)
    {
        for (; folder is not null; folder = Path.GetDirectoryName(folder))
            yield return folder;
    }
}
