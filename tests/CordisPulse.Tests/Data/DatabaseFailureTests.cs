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

    [Theory]
    [InlineData(5, true)]
    [InlineData(6, true)]
    [InlineData(10, true)]
    [InlineData(13, true)]
    [InlineData(1, false)]
    [InlineData(11, false)]
    [InlineData(19, false)]
    public void A_database_that_is_locked_away_or_full_may_be_back_and_a_violated_constraint_is_violated_again(int code, bool isTransient)
        => Assert.Equal(isTransient, new InvalidOperationException("wrapped", new SqliteException("failed", code)).IsTransientDatabaseFailure());
}
