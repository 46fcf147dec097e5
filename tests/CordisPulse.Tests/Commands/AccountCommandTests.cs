using System.Net;
using System.Text.RegularExpressions;
using CordisPulse.Core.Accounts;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Commands;

public sealed partial class AccountCommandTests(PulseApp app) : IClassFixture<PulseApp>
{
    [Fact]
    public async Task Without_a_password_it_prints_a_link_that_sets_one_up_while_the_server_runs()
    {
        var email = NewEmail();
        using var visitor = app.Visit();
        var result = await PulseCommand.RunAsync(app, "account", "add", email, "--role", Roles.Publisher);

        Assert.Equal(0, result.ExitCode);
        var path = SetUpPath().Match(result.Output).Value;
        var page = await visitor.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        var answer = await visitor.SubmitAsync(page, new() { ["Form.Password"] = PulseApp.Password, ["Form.PasswordAgain"] = PulseApp.Password });
        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        Assert.DoesNotContain(path[^26..], app.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_password_on_standard_input_it_can_sign_in_at_once()
    {
        var email = NewEmail();
        using var visitor = app.Visit();
        var result = await PulseCommand.RunWithInputAsync(
            app.Settings, PulseApp.Password + Environment.NewLine, "account", "add", email, "--role", Roles.Editor, "--password-stdin");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.DoesNotMatch(SetUpPath(), result.Output);
        var answer = await visitor.SubmitAsync(await visitor.GetAsync("/editor/sign-in"), new() { ["Email"] = email, ["Password"] = PulseApp.Password });
        Assert.Equal("/editor", answer.Location?.ToString());
    }

    [Fact]
    public async Task An_address_that_has_an_account_is_refused()
    {
        var email = NewEmail();
        await app.AddAccountAsync(email, Roles.Editor);
        var result = await PulseCommand.RunAsync(app, "account", "add", email.ToUpperInvariant(), "--role", Roles.Administrator);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("already", result.Error, StringComparison.Ordinal);
        Assert.Equal(1, await app.QueryAsync(db => db.Users.CountAsync(user => user.Email == email)));
    }

    [Theory]
    [InlineData("short", "at least 12 characters")]
    [InlineData("aaaaaaaaaaaaaaaa", "at least 5 different characters")]
    [InlineData("", "at least 12 characters")]
    public async Task A_weak_password_is_refused_with_the_reason(string password, string reason)
    {
        var email = NewEmail();
        _ = app.Address;
        var result = await PulseCommand.RunWithInputAsync(app.Settings, password + "\n", "account", "add", email, "--role", Roles.Editor, "--password-stdin");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(reason, result.Error, StringComparison.Ordinal);
        Assert.False(await app.QueryAsync(db => db.Users.AnyAsync(user => user.Email == email)));
    }

    [Fact]
    public async Task What_is_no_address_is_refused()
    {
        _ = app.Address;
        var result = await PulseCommand.RunAsync(app, "account", "add", "nobody at all", "--role", Roles.Editor);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("not an e-mail address", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_role_is_wrong_usage()
    {
        var email = NewEmail();
        var result = await PulseCommand.RunAsync(app, "account", "add", email, "--role", "Emperor");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("Emperor", result.Error, StringComparison.Ordinal);
        Assert.False(await app.QueryAsync(db => db.Users.AnyAsync(user => user.Email == email)));
    }

    private static string NewEmail() => $"{Guid.NewGuid():N}@example.org";

    [GeneratedRegex("/editor/set-up/[a-z2-7]{26}")]
    private static partial Regex SetUpPath();
}
