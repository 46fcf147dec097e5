using CordisPulse.Core.Hosting;
using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Data;

/// <summary>The settings under <c>Backup</c>, for the embedded database.</summary>
public sealed class BackupOptions
{
    public const string Section = "Backup";

    /// <summary>Not set: <c>backups</c> in the data directory. Better on another disk.</summary>
    public string Directory { get; set; } = "";

    /// <summary>Zero for none.</summary>
    public TimeSpan Every { get; set; }

    /// <summary>How many are kept; the oldest go.</summary>
    public int Keep { get; set; } = 14;
}

internal sealed class BackupOptionsValidator(IOptions<DatabaseOptions> database) : IValidateOptions<BackupOptions>
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(10);

    public ValidateOptionsResult Validate(string? name, BackupOptions options)
    {
        if (options.Every == TimeSpan.Zero)
            return ValidateOptionsResult.Success;
        if (database.Value.Provider != DatabaseOptions.Sqlite)
            return ValidateOptionsResult.Fail("Backup:Every is for the embedded database. Leave it out, and have SQL Server back itself up.");
        if (options.Every < Shortest)
            return ValidateOptionsResult.Fail($"Backup:Every is {options.Every}; it must be {Shortest} or more, or nothing.");
        if (options.Keep < 1)
            return ValidateOptionsResult.Fail($"Backup:Keep is {options.Keep}; it must be 1 or more.");
        return Folder.ProblemWithWriting(options.Directory) is { } problem ? ValidateOptionsResult.Fail($"Backup:Directory: {problem}") : ValidateOptionsResult.Success;
    }
}
