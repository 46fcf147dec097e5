using System.CommandLine;
using CordisPulse.Core.Data;
using CordisPulse.Core.Subscriptions;

namespace CordisPulse.Web.Commands;

internal static class BackupCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The file to write; the key is written beside it." };
        var command = new Command("backup", "Write a consistent copy of the embedded database, while the program runs.") { file };
        command.SetAction((parsed, cancellationToken) => CommandHost.RunAsync(prepareDatabase: false, async services =>
        {
            var path = parsed.GetRequiredValue(file);
            await services.GetRequiredService<DatabaseBackup>().BackUpAsync(path, cancellationToken);
            await Console.Out.WriteLineAsync($"Written to {path} and {path}{DatabaseBackup.KeySuffix}. Keep both where nobody else reads them.");
        }, cancellationToken));
        return command;
    }
}

internal static class RestoreCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "What backup wrote." };
        var command = new Command("restore", "Put a backup in the place of the embedded database. Whoever left or was erased since stays away.") { file };
        command.SetAction((parsed, cancellationToken) => CommandHost.RunAsync(prepareDatabase: true, async services =>
        {
            var away = 0;
            var list = services.GetRequiredService<RestoredList>();
            await services.GetRequiredService<DatabaseBackup>().RestoreAsync(
                parsed.GetRequiredValue(file), async (now, restored) => away += await list.KeepAwayAsync(now, restored), cancellationToken);
            await Console.Out.WriteLineAsync($"Restored. {(away == 0 ? "Nobody had left since." : $"{Counted.Of(away, "person", "people")} who had left or were erased since stay away.")}");
        }, cancellationToken));
        return command;
    }
}
