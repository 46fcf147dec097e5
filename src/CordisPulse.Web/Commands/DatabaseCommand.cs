using System.CommandLine;
using System.Globalization;
using CordisPulse.Core.Data;

namespace CordisPulse.Web.Commands;

internal static class DatabaseCommand
{
    public static Command Create() => new("database", "Move everything from one database to another.") { Copy() };

    private static Command Copy()
    {
        var from = Place("--from", "Where everything is: sqlite:FILE or sqlserver:CONNECTION. Left out, the database of the settings.");
        var to = Place("--to", "An empty one to copy it to, likewise. It is brought to the current schema first.");
        var command = new Command("copy", "Copy everything to an empty database, and compare it. Stop every program that uses either first.") { from, to };
        command.SetAction((parsed, cancellationToken) => CommandHost.RunAsync(prepareDatabase: false, async services =>
        {
            var (tables, rows) = (0, 0L);
            await services.GetRequiredService<DatabaseCopy>().CopyAsync(
                parsed.GetValue(from), parsed.GetValue(to),
                (name, content) =>
                {
                    (tables, rows) = (tables + 1, rows + content.Rows);
                    if (content.Rows > 0)
                        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-24} {content.Rows,10} {content.Sum:x32}"));
                },
                cancellationToken);
            await Console.Out.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{Counted.Of(tables, "table")} with {rows} rows copied, read again and found the same. Take the file of Secrets:KeyFile along."));
        }, cancellationToken));
        return command;
    }

    private static Option<DatabasePlace?> Place(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result =>
        {
            var place = DatabasePlace.TryParse(result.Tokens[0].Value);
            if (place is null)
                result.AddError($"{name} is sqlite:FILE or sqlserver:CONNECTION.");
            return place;
        },
    };
}
