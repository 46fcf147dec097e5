namespace CordisPulse.Web.Hosting;

/// <summary>Where views' assets and settings lie: the published folder, or the project's while it is developed. The caller's working directory has no say.</summary>
internal static class ContentRoot
{
    private static readonly string Folder = AppContext.BaseDirectory;

    /// <summary>The program runs as <c>dotnet run</c> builds it, not as it is published.</summary>
    public static bool IsOfSources => Find() != Folder;

    public static string Find()
    {
        if (Directory.Exists(Path.Combine(Folder, "wwwroot")))
            return Folder;
        for (var parent = new DirectoryInfo(Folder); parent is not null; parent = parent.Parent)
        {
            if (File.Exists(Path.Combine(parent.FullName, "CordisPulse.Web.csproj")))
                return parent.FullName;
            // Tests run from a folder of their own beside the sources.
            var project = Path.Combine(parent.FullName, "src", "CordisPulse.Web");
            if (File.Exists(Path.Combine(project, "CordisPulse.Web.csproj")))
                return project;
        }

        return Folder;
    }
}
