using CordisPulse.Core.Data;
using Microsoft.Data.Sqlite;

namespace CordisPulse.Tests.Data;

public sealed class DatabaseFailureTests
{
    [Fact]
    public void A_failure_of_the_database_is_known_however_deep_the_provider_has_wrapped_it()
    {
        var failure = new SqliteException("database is locked", 5);

        Assert.True(failure.IsDatabaseFailure());
        Assert.True(new InvalidOperationException("transient", new InvalidOperationException("once more", failure)).IsDatabaseFailure());
        Assert.False(new InvalidOperationException("a mistake", new ArgumentException("of ours")).IsDatabaseFailure());
    }
}
