using System.CommandLine;

namespace CordisPulse.Web.Commands;

/// <summary>The program as a tool: <c>CordisPulse.Web COMMAND …</c>. Exit 0 on success, 1 on a refused or failed act, 2 on wrong usage.</summary>
internal static class CommandLine
{
    public const int WrongUsage = 2;

    /// <summary>After Ctrl-C: a message under way is finished, so that nobody gets it twice.</summary>
    private static readonly TimeSpan TimeToFinish = TimeSpan.FromMinutes(2);

    /// <summary>Arguments are a command only if the first one names a command; everything else is for the server.</summary>
    public static bool NamesCommand(string[] args)
        => args.Length > 0 && Root().Subcommands.Any(command => command.Name == args[0]);

    public static async Task<int> RunAsync(string[] args)
    {
        var parsed = Root().Parse(args);
        var exit = await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeToFinish });
        return parsed.Errors.Count > 0 ? WrongUsage : exit;
    }

    private static RootCommand Root() => new("CordisPulse: the digest is drafted in it, published on it and sent from it.")
    {
        MigrateCommand.Create(),
        AccountCommand.Create(),
        EditionCommand.Create(),
        MailingCommand.Create(),
        SubscriberCommand.Create(),
    };
}
