namespace CordisPulse.Core.Data;

/// <summary>The settings under <c>Database</c>.</summary>
public sealed class DatabaseOptions
{
    public const string Section = "Database";

    public const string ConnectionStringName = "CordisPulse";

    public const string Sqlite = "Sqlite";

    public const string SqlServer = "SqlServer";

    /// <summary><c>Sqlite</c> or <c>SqlServer</c>.</summary>
    public string Provider { get; set; } = Sqlite;

    /// <summary>Null: true on SQLite, false on SQL Server, whose administrators choose when the schema changes.</summary>
    public bool? MigrateOnStart { get; set; }

    /// <summary>Rows in one statement; 1 for servers that speak TDS and have no MERGE; null for EF's own choice.</summary>
    public int? MaxBatchSize { get; set; }

    public bool MigratesOnStart => MigrateOnStart ?? Provider == Sqlite;
}
