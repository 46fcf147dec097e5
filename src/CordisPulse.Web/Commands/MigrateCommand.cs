using System.CommandLine;
using CordisPulse.Core.Data;

namespace CordisPulse.Web.Commands;

internal static class MigrateCommand
{
    public static Command Create()
    {
        var script = new Option<bool>("--script") { Description = "Write what would do it on SQL Server, whatever its version is, as T-SQL. No server is asked." };
        var command = new Command("migrate", "Bring the database to the current schema.") { script };
        command.SetAction((parsed, cancellationToken) => CommandHost.RunAsync(prepareDatabase: false, async services =>
        {
            if (parsed.GetValue(script))
            {
                await Console.Out.WriteAsync(await services.GetRequiredService<Database>().ScriptAsync(cancellationToken));
                return;
            }

            var applied = await services.GetRequiredService<Database>().MigrateAsync(cancellationToken);
            await Console.Out.WriteLineAsync(applied == 0 ? "The database is up to date." : $"{Counted.Of(applied, "migration")} applied.");
        }, cancellationToken));
        return command;
    }
}
