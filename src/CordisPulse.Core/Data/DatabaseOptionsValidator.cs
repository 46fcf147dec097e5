using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Data;

internal sealed class DatabaseOptionsValidator(IConfiguration configuration) : IValidateOptions<DatabaseOptions>
{
    public ValidateOptionsResult Validate(string? name, DatabaseOptions options)
    {
        var connectionString = configuration.GetConnectionString(DatabaseOptions.ConnectionStringName);
        if (options.Provider is not (DatabaseOptions.Sqlite or DatabaseOptions.SqlServer))
            return ValidateOptionsResult.Fail($"Database:Provider is '{options.Provider}'; it must be Sqlite or SqlServer.");
        if (options.MaxBatchSize is < 1)
            return ValidateOptionsResult.Fail($"Database:MaxBatchSize is {options.MaxBatchSize}; it must be 1 or more.");
        if (options.Provider == DatabaseOptions.SqlServer && string.IsNullOrWhiteSpace(connectionString))
            return ValidateOptionsResult.Fail("ConnectionStrings:CordisPulse is missing; Database:Provider SqlServer needs one.");
        try
        {
            if (options.Provider == DatabaseOptions.SqlServer)
                _ = new SqlConnectionStringBuilder(connectionString);
            else
                _ = new SqliteConnectionStringBuilder(connectionString);
        }
        catch (ArgumentException)
        {
            // The reason would repeat the value, which may hold a password.
            return ValidateOptionsResult.Fail($"ConnectionStrings:CordisPulse is not a connection string for {options.Provider}.");
        }

        return ValidateOptionsResult.Success;
    }
}
