using System.CommandLine;
using System.CommandLine.Parsing;

namespace CordisPulse.Web.Commands;

/// <summary>The program as a tool: <c>CordisPulse.Web COMMAND …</c>. Exit 0 on success, 1 on a refused or failed act, 2 on wrong usage.</summary>
internal static class CommandLine
{
    public const int WrongUsage = 2;

    private const string Help = "--help";

    /// <summary>After Ctrl-C: a message under way is finished, so that nobody gets it twice.</summary>
    private static readonly TimeSpan TimeToFinish = TimeSpan.FromMinutes(2);

    /// <summary>
    /// False for no arguments and for the server's settings, which begin with a dash or hold an equals sign. Any other first word
    /// names a command or is a slip of the pen, and a slip must not start a server.
    /// </summary>
    public static bool IsMeant(string[] args)
        => args is [var first, ..] && (AsksForHelp(first) || !(first.StartsWith('-') || first.Contains('=', StringComparison.Ordinal)));

    public static async Task<int> RunAsync(string[] args)
    {
        var parsed = Root().Parse(args is ["help", .. var rest] ? [.. rest, Help] : args);
        var problems = Problems(parsed, args);
        if (problems.Count == 0)
            return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeToFinish });
        foreach (var problem in problems)
            await Console.Error.WriteLineAsync(problem);
        return WrongUsage;
    }

    private static RootCommand Root() => new(
        "CordisPulse: the digest is drafted in it, published on it and sent from it. Without a command it serves; settings follow as --Section:Key=value.")
    {
        MigrateCommand.Create(),
        AccountCommand.Create(),
        EditionCommand.Create(),
        MailingCommand.Create(),
        MailCommand.Create(),
        SubscriberCommand.Create(),
        BackupCommand.Create(),
        RestoreCommand.Create(),
        DatabaseCommand.Create(),
    };

    private static bool AsksForHelp(string word) => Root().Options.Any(option => option.Name == word || option.Aliases.Contains(word));

    /// <summary>What is wrong with how the program was called, a line each; none when it can run.</summary>
    private static List<string> Problems(ParseResult parsed, string[] args)
    {
        var command = parsed.CommandResult.Command;
        var unknown = parsed.UnmatchedTokens.Concat(MistakenForArguments(parsed.CommandResult, args)).ToList();
        if (unknown.Count == 0 && parsed.Errors.Count == 0)
            return [];
        if (command.Subcommands.Count > 0)
            return [$"{(unknown is [var word, ..] ? $"'{word}' is no command" : "A command is missing")}. "
                + $"Commands{(command is RootCommand ? "" : $" of {command.Name}")}: {string.Join(", ", command.Subcommands.Select(sub => sub.Name))}. {Help} says more."];
        // What follows an option that is none is likely to be its value.
        if (unknown.Find(word => word.StartsWith('-')) is { } option)
            return [$"'{option}' is no option of {command.Name}. Options: {string.Join(", ", command.Options.Select(known => known.Name))}."];
        return unknown.Count > 0
            ? [$"'{unknown[0]}' is one argument too many. {Help} says more."]
            : [.. parsed.Errors.Select(error => error.Message.ReplaceLineEndings(" "))];
    }

    /// <summary>A mistyped option would otherwise be taken for a file of that name; behind <c>--</c> it is one.</summary>
    private static IEnumerable<string> MistakenForArguments(CommandResult command, string[] args)
    {
        var before = args.TakeWhile(word => word != "--").ToHashSet();
        return command.Children.OfType<ArgumentResult>()
            .SelectMany(argument => argument.Tokens)
            .Select(token => token.Value)
            .Where(word => word.Length > 1 && word.StartsWith('-') && before.Contains(word));
    }
}
