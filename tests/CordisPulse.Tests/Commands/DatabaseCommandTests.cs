using CordisPulse.Core.Data;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Tests.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Commands;

/// <summary>Everything moves from one database to another and back, and nothing half.</summary>
public sealed class DatabaseCommandTests
{
    [Fact]
    public async Task Everything_goes_to_a_file_and_from_there_to_another_database_with_equal_sums()
    {
        await using var app = new PulseApp().With("Sample:Load", "true");
        await app.QueryAsync(async db =>
        {
            var people = Enumerable.Range(1, 250).Select(i => Person($"reader{i}")).ToList();
            db.AddRange(people);
            await db.SaveChangesAsync();
            // Points to one with a higher number.
            people[0].MergedIntoId = people[^1].Id;
            people[0].Status = SubscriberStatus.Unsubscribed;
            var gone = Person("gone");
            db.Add(gone);
            await db.SaveChangesAsync();
            db.Remove(gone);
            return await db.SaveChangesAsync();
        });
        var last = await app.QueryAsync(db => db.Subscribers.MaxAsync(row => row.Id));
        var file = Path.Combine(app.Directory, "copy.db");
        var third = TestDatabase.Create(Directory.CreateDirectory(Path.Combine(app.Directory, "third")).FullName);
        try
        {
            var there = await PulseCommand.RunAsync(app.Settings, "database", "copy", "--to", $"sqlite:{file}");
            var back = await PulseCommand.RunAsync(With(third.Settings), "database", "copy", "--from", $"sqlite:{file}");

            Assert.Equal((0, ""), (there.ExitCode, there.Error));
            Assert.Equal((0, ""), (back.ExitCode, back.Error));
            Assert.Equal(there.Output, back.Output);
            Assert.Matches(@"(?m)^Subscribers +250 [0-9a-f]{32}$", there.Output);
            Assert.Matches(@"(?m)^Editions +[1-9]\d* [0-9a-f]{32}$", there.Output);

            var moved = With(new() { ["ConnectionStrings:CordisPulse"] = $"Data Source={file}", ["Database:Provider"] = DatabaseOptions.Sqlite });
            Assert.Equal(await ListAsync(app.Settings), await ListAsync(moved));
            await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
            await connection.OpenAsync();
            await using var asking = connection.CreateCommand();
            asking.CommandText = "SELECT seq FROM sqlite_sequence WHERE name = 'Subscribers'";
            // The number of whoever is gone is not given again.
            Assert.True((long)(await asking.ExecuteScalarAsync())! >= last + 1);
            asking.CommandText = "SELECT count(*) FROM pragma_foreign_key_check";
            Assert.Equal(0L, await asking.ExecuteScalarAsync());
        }
        finally
        {
            third.Drop();
        }

        Dictionary<string, string> With(Dictionary<string, string> others)
        {
            var settings = new Dictionary<string, string>(app.Settings);
            foreach (var (key, value) in others)
                settings[key] = value;
            return settings;
        }

        async Task<string> ListAsync(IReadOnlyDictionary<string, string> settings)
        {
            var list = Path.Combine(app.Directory, $"{Guid.NewGuid()}.csv");
            Assert.Equal(0, (await PulseCommand.RunAsync(settings, "subscriber", "export", "--output", list)).ExitCode);
            return await File.ReadAllTextAsync(list);
        }

        static Subscriber Person(string name) => new()
        {
            Email = $"{name}@copied.example",
            NormalizedEmail = $"{name}@copied.example",
            Name = "Zoë “Ł” 漢字 \U0001F989",
            Status = SubscriberStatus.Active,
            UnsubscribeToken = SecretToken.Create(),
        };
    }

    [SqliteFact]
    public async Task A_copy_to_what_is_in_use_or_from_what_is_not_ours_is_refused_and_changes_nothing()
    {
        await using var app = new PulseApp().With("Sample:Load", "true");
        _ = app.Address;
        var own = new SqliteConnectionStringBuilder(app.Settings["ConnectionStrings:CordisPulse"]).DataSource;
        var copy = Path.Combine(app.Directory, "copy.db");
        Assert.Equal(0, (await PulseCommand.RunAsync(app.Settings, "database", "copy", "--to", $"sqlite:{copy}")).ExitCode);
        var odd = Path.Combine(app.Directory, "odd.db");
        await File.WriteAllTextAsync(odd, "no database, but long enough to be taken for one by whoever looks no further than its length");
        var empty = Path.Combine(app.Directory, "empty.db");
        await File.WriteAllBytesAsync(empty, []);
        var old = Path.Combine(app.Directory, "old.db");
        File.Copy(copy, old);
        await ExecuteAsync(old, "DELETE FROM __EFMigrationsHistory WHERE MigrationId LIKE '%_PublishedLinks'");

        foreach (var (reason, arguments) in new (string, string[])[]
        {
            ("its table Editions is not empty", ["--to", $"sqlite:{copy}"]),
            ("one and the same", ["--to", $"sqlite:{own}"]),
            ("Name a database", []),
            ("There is no file", ["--from", "sqlite:no-such.db"]),
            ("Nothing was copied", ["--from", $"sqlite:{odd}", "--to", $"sqlite:{copy}"]),
            ("none of CordisPulse", ["--from", $"sqlite:{empty}", "--to", $"sqlite:{copy}"]),
            ("another version", ["--from", $"sqlite:{old}", "--to", $"sqlite:{Path.Combine(app.Directory, "new.db")}"]),
        })
        {
            var refused = await PulseCommand.RunAsync(app.Settings, ["database", "copy", .. arguments]);
            Assert.Equal((1, ""), (refused.ExitCode, refused.Output));
            Assert.Contains(reason, refused.Error, StringComparison.Ordinal);
        }

        var wrong = await PulseCommand.RunAsync(app.Settings, "database", "copy", "--to", "postgres:x");
        Assert.Equal(2, wrong.ExitCode);
        Assert.Contains("--to is sqlite:FILE or sqlserver:CONNECTION", wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_copy_puts_to_SQL_Server_parses()
    {
        var texts = SqlServerTwin.Ask(DatabaseCopy.Texts);

        Assert.True(texts.Count > 300);
        foreach (var text in texts)
            Assert.Empty(TransactSql.Errors(text));
        Assert.Contains(texts, text => text.StartsWith("SET IDENTITY_INSERT [Subscribers] ON", StringComparison.Ordinal));
        Assert.Contains(texts, text => text.StartsWith("UPDATE [Subscribers] SET [MergedIntoId]", StringComparison.Ordinal));
        Assert.DoesNotContain(texts, text => text.StartsWith("SET IDENTITY_INSERT [AspNetUserRoles]", StringComparison.Ordinal));
        Assert.Empty(TransactSql.Errors(Database.SnapshotText));
        Assert.Empty(TransactSql.Errors(Database.SnapshotOnText));
    }

    private static async Task ExecuteAsync(string file, string statement)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = statement;
        await command.ExecuteNonQueryAsync();
    }
}
