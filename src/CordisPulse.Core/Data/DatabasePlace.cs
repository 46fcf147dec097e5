namespace CordisPulse.Core.Data;

/// <summary>A database as a command names it: <c>sqlite:FILE</c> or <c>sqlserver:CONNECTION STRING</c>.</summary>
/// <param name="Provider"><see cref="DatabaseOptions.Sqlite"/> or <see cref="DatabaseOptions.SqlServer"/>.</param>
/// <param name="Address">A file, or a connection string.</param>
public sealed record DatabasePlace(string Provider, string Address)
{
    private const string File = "sqlite:";
    private const string Server = "sqlserver:";

    public bool IsFile => Provider == DatabaseOptions.Sqlite;

    /// <summary>Null for what names none.</summary>
    public static DatabasePlace? TryParse(string text)
        => After(text, File) is { } file ? new(DatabaseOptions.Sqlite, file)
            : After(text, Server) is { } server ? new(DatabaseOptions.SqlServer, server)
            : null;

    private static string? After(string text, string scheme)
        => text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) && text.Length > scheme.Length ? text[scheme.Length..] : null;
}
