using System.CommandLine;
using CordisPulse.Core.Data;

namespace CordisPulse.Web.Commands;

internal static class MigrateCommand
{
    public static Command Create()
    {
        var command = new Command("migrate", "Bring the database to the current schema.");
        command.SetAction((_, cancellationToken) => CommandHost.RunAsync(prepareDatabase: false, async services =>
        {
            var applied = await services.GetRequiredService<Database>().MigrateAsync(cancellationToken);
            await Console.Out.WriteLineAsync(applied == 0 ? "The database is up to date." : $"{Counted.Of(applied, "migration")} applied.");
        }, cancellationToken));
        return command;
    }
}
