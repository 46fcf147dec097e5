using System.CommandLine;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Hosting;

namespace CordisPulse.Web.Commands;

internal static class AccountCommand
{
    public static Command Create() => new("account", "People who may work at the desk.") { Add(), List(), Role(), Link(), ResetSecondFactor(), Disable(), Enable() };

    private static Command List()
    {
        var command = new Command("list", "Everybody who may work at the desk, with role and state.");
        command.SetAction((_, cancellationToken) => CommandHost.RunAsync(prepareDatabase: true, async services =>
        {
            foreach (var row in await services.GetRequiredService<StaffAccounts>().ListAsync(cancellationToken))
                await Console.Out.WriteLineAsync(string.Join('\t', row.Email, row.Role ?? "no role", StateOf(row), row.HasSecondFactor ? "second factor" : "password alone"));
        }, cancellationToken));
        return command;
    }

    private static string StateOf(AccountRow row) => row.IsDisabled ? "disabled" : row.HasPassword ? "in use" : "no password yet";

    private static Command Role()
    {
        var role = new Argument<string>("ROLE") { Description = "Editor, Publisher or Administrator." };
        role.AcceptOnlyFromAmong([.. Roles.All]);
        var command = OfOne("role", "Change somebody's role.", async (services, id, parsed, cancellationToken) =>
            $"{await services.GetRequiredService<StaffAccounts>().ChangeRoleAsync(id, parsed.GetRequiredValue(role), cancellationToken)} now has the role {parsed.GetRequiredValue(role)}.");
        command.Add(role);
        return command;
    }

    private static Command Link() => OfOne("link", "Print a one-time link to choose a new password by; earlier ones end.", async (services, id, _, cancellationToken) =>
        LinkLine((await services.GetRequiredService<StaffAccounts>().RenewLinkAsync(id, cancellationToken)).SetUpToken!, services));

    private static Command ResetSecondFactor() => OfOne("reset-second-factor", "Turn somebody's second factor off, who has lost the app and the recovery codes.", async (services, id, _, cancellationToken) =>
        $"The second factor of {await services.GetRequiredService<SecondFactors>().ResetAsync(id, cancellationToken)} is off.");

    private static Command Disable() => OfOne("disable", "Let somebody in no more; they are signed out within a minute.", async (services, id, _, cancellationToken) =>
        $"{await services.GetRequiredService<StaffAccounts>().DisableAsync(id, cancellationToken)} is disabled.");

    private static Command Enable() => OfOne("enable", "Let somebody in again, also before a lock-out after wrong passwords has ended.", async (services, id, _, _) =>
        $"{await services.GetRequiredService<StaffAccounts>().EnableAsync(id)} may sign in.");

    private static Command OfOne(string name, string description, Func<IServiceProvider, int, ParseResult, CancellationToken, Task<string>> act)
    {
        var email = new Argument<string>("EMAIL") { Description = "Their e-mail address, by which they sign in." };
        var command = new Command(name, description) { email };
        command.SetAction((parsed, cancellationToken) => CommandHost.RunAsync(prepareDatabase: true, async services =>
        {
            var id = await services.GetRequiredService<StaffAccounts>().NumberOfAsync(parsed.GetRequiredValue(email));
            await Console.Out.WriteLineAsync(await act(services, id, parsed, cancellationToken));
        }, cancellationToken));
        return command;
    }

    private static string LinkLine(string token, IServiceProvider services)
        => $"They choose a password here, once, within three days: {services.GetRequiredService<PublicAddress>().Links.SetUpAccount(token)}";

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
                await Console.Out.WriteLineAsync(LinkLine(token, services));
        }, cancellationToken));
        return command;
    }

    /// <summary>The first line: what follows the line end that a shell adds is no part of a password.</summary>
    private static async Task<string> ReadPasswordAsync(CancellationToken cancellationToken)
        => await Console.In.ReadLineAsync(cancellationToken) ?? "";
}
