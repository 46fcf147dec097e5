namespace CordisPulse.Web.Hosting;

/// <summary>Where views' assets and settings lie: the published folder, or the project's while it is developed. The caller's working directory has no say.</summary>
internal static class ContentRoot
{
    public static string Find()
    {
        var folder = AppContext.BaseDirectory;
        if (Directory.Exists(Path.Combine(folder, "wwwroot")))
            return folder;
        for (var parent = new DirectoryInfo(folder); parent is not null; parent = parent.Parent)
        {
            if (File.Exists(Path.Combine(parent.FullName, "CordisPulse.Web.csproj")))
                return parent.FullName;
            // Tests run from a folder of their own beside the sources.
            var project = Path.Combine(parent.FullName, "src", "CordisPulse.Web");
            if (File.Exists(Path.Combine(project, "CordisPulse.Web.csproj")))
                return project;
        }

        return folder;
    }
}
