using CordisPulse.Core.Data;
using CordisPulse.Tests.Commands;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Tests.Data;

/// <summary>Backups that the program takes by itself.</summary>
public sealed class ScheduledBackupsTests
{
    [SqliteFact]
    public async Task A_program_that_serves_takes_one_when_it_is_due_keeps_the_newest_and_can_be_restored_from_it()
    {
        await using var app = new PulseApp().With("Backup:Every", "1.00:00:00").With("Backup:Keep", "2");
        var folder = Path.Combine(app.Directory, "backups");
        _ = app.Address;
        using (var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30)))
            while (Taken().Count == 0 || !File.Exists(Taken()[0] + ".key"))
                await Task.Delay(50, limit.Token);
        Assert.Null(await TakeAsync());

        await File.WriteAllTextAsync(Path.Combine(folder, "cordispulse-notes.db"), "somebody's own");
        foreach (var day in new[] { "20200101", "20200102", "20200103" })
        {
            // As if it had been then.
            MoveTo(Taken().Last(), $"{day}-090000");
            Assert.NotNull(await TakeAsync());
        }

        Assert.Equal(2, Taken().Count);
        Assert.EndsWith("cordispulse-20200103-090000.db", Taken()[0], StringComparison.Ordinal);
        Assert.All(Taken(), file => Assert.True(File.Exists(file + ".key")));
        Assert.Equal(2, Directory.GetFiles(folder, "*.key").Length);
        Assert.True(File.Exists(Path.Combine(folder, "cordispulse-notes.db")));

        // A clock that was set back keeps nobody waiting for years.
        MoveTo(Taken().Last(), "29990101-090000");
        Assert.NotNull(await TakeAsync());

        var restored = await PulseCommand.RunAsync(app.Settings, "restore", Taken()[0]);
        Assert.Equal((0, ""), (restored.ExitCode, restored.Error));

        Task<string?> TakeAsync() => app.InScopeAsync(services => services.GetRequiredService<ScheduledBackups>().TakeDueAsync());

        List<string> Taken() => Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "cordispulse-2*.db").Order(StringComparer.Ordinal)] : [];

        void MoveTo(string file, string time)
        {
            var moved = Path.Combine(folder, $"cordispulse-{time}.db");
            File.Move(file, moved);
            File.Move(file + ".key", moved + ".key");
        }
    }
}
