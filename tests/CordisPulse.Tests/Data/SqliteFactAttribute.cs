namespace CordisPulse.Tests.Data;

/// <summary>A test of what is only so on SQLite.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SqliteFactAttribute : FactAttribute
{
    public SqliteFactAttribute()
    {
        if (!TestDatabase.IsSqlite)
            Skip = $"{TestDatabase.SqlServerVariable} is set: this is about SQLite.";
    }
}

/// <inheritdoc cref="SqliteFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SqliteTheoryAttribute : TheoryAttribute
{
    public SqliteTheoryAttribute()
    {
        if (!TestDatabase.IsSqlite)
            Skip = $"{TestDatabase.SqlServerVariable} is set: this is about SQLite.";
    }
}
