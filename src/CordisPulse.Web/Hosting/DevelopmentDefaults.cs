namespace CordisPulse.Web.Hosting;

/// <summary>
/// What <c>dotnet run</c> means where nobody says otherwise. Not in a launchSettings.json: that it is used is announced on standard
/// output, in front of what a command writes there.
/// </summary>
internal static class DevelopmentDefaults
{
    private const string Address = "http://localhost:5080";

    /// <summary>As environment variables of this process, which every argument and setting of the caller's goes before.</summary>
    public static void Set()
    {
        SetUnlessOneIs(["DOTNET_ENVIRONMENT", "ASPNETCORE_ENVIRONMENT"], Environments.Development);
        SetUnlessOneIs(["ASPNETCORE_URLS", "DOTNET_URLS", "URLS", "ASPNETCORE_HTTP_PORTS", "ASPNETCORE_HTTPS_PORTS"], Address);
    }

    private static void SetUnlessOneIs(string[] names, string value)
    {
        if (!names.Any(name => Environment.GetEnvironmentVariable(name) is { Length: > 0 }))
            Environment.SetEnvironmentVariable(names[0], value);
    }
}
