using System.CommandLine;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Hosting;

namespace CordisPulse.Web.Commands;

internal static class AccountCommand
{
    public static Command Create() => new("account", "People who may work at the desk.") { Add() };

    private static Command Add()
    {
        var email = new Argument<string>("EMAIL") { Description = "Their e-mail address, by which they sign in." };
        var role = new Option<string>("--role") { Description = "Editor, Publisher or Administrator.", Required = true };
        role.AcceptOnlyFromAmong([.. Roles.All]);
        var passwordFromInput = new Option<bool>("--password-stdin") { Description = "Read the password from standard input, in place of printing a link." };
        var command = new Command("add", "Make an account; without a password, print a one-time set-up link.") { email, role, passwordFromInput };
        command.SetAction((parsed, cancellationToken) => CommandHost.RunAsync(prepareDatabase: true, async services =>
        {
            var added = await services.GetRequiredService<StaffAccounts>().AddAsync(new AddAccount
            {
                Email = parsed.GetRequiredValue(email),
                Role = parsed.GetRequiredValue(role),
                Password = parsed.GetValue(passwordFromInput) ? await ReadPasswordAsync(cancellationToken) : null,
            }, cancellationToken);
            await Console.Out.WriteLineAsync($"{added.Email} is added as {parsed.GetRequiredValue(role)}.");
            if (added.SetUpToken is { } token)
                await Console.Out.WriteLineAsync($"They choose a password here, once, within three days: {services.GetRequiredService<PublicAddress>().Links.SetUpAccount(token)}");
        }, cancellationToken));
        return command;
    }

    /// <summary>The first line: what follows the line end that a shell adds is no part of a password.</summary>
    private static async Task<string> ReadPasswordAsync(CancellationToken cancellationToken)
        => await Console.In.ReadLineAsync(cancellationToken) ?? "";
}
