using System.Net;
using CordisPulse.Core.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CordisPulse.Tests.Areas.Editor.Accounts;

public sealed class AccountsTests : IDisposable
{
    private readonly PulseApp _app = new();

    public void Dispose() => _app.Dispose();

    [Theory]
    [InlineData(Roles.Editor)]
    [InlineData(Roles.Publisher)]
    public async Task Only_administrators_get_in(string role)
    {
        using var visitor = await _app.SignInAsync(role);
        foreach (var path in new[] { "/editor/accounts", "/editor/settings", "/editor/settings/publisher", "/editor/settings/sectors" })
        {
            var refused = await visitor.FollowAsync(await visitor.GetAsync(path));
            Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
            Assert.Contains("You are signed in as", refused.Text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("Accounts", (await visitor.GetAsync("/editor")).Texts("nav a"));
    }

    [Fact]
    public async Task A_person_is_added_and_chooses_a_password_by_the_link_that_is_shown_once()
    {
        using var administrator = await _app.SignInAsync();
        var page = await administrator.GetAsync("/editor/accounts");
        var answer = await administrator.SubmitAsync(page, new() { ["Add.Email"] = "new@example.org", ["Add.Role"] = Roles.Publisher });

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var link = new Uri(answer.One(".secret-link").TextContent);
        Assert.StartsWith(_app.Address.AbsoluteUri, link.AbsoluteUri, StringComparison.Ordinal);
        Assert.Contains("No password yet", (await administrator.GetAsync("/editor/accounts")).Text, StringComparison.Ordinal);
        await ChoosePasswordAsync(link, PulseApp.Password);

        using var person = _app.Visit();
        Assert.Equal("/editor", (await SignInAsync(person, "new@example.org", PulseApp.Password)).Location?.ToString());
        Assert.Contains("Mailings", (await person.GetAsync("/editor")).Texts("nav a"));
        Assert.DoesNotContain(link.Segments[^1], _app.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "Enter the person's e-mail address.")]
    [InlineData("nobody", "That is not an e-mail address.")]
    [InlineData("TAKEN@example.org", "already")]
    public async Task An_address_that_cannot_be_added_says_why(string email, string message)
    {
        await _app.AddAccountAsync("taken@example.org", Roles.Editor);
        using var administrator = await _app.SignInAsync();
        var before = await _app.QueryAsync(db => db.Users.CountAsync());
        var answer = await administrator.SubmitAsync(await administrator.GetAsync("/editor/accounts"), new() { ["Add.Email"] = email });

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains(message, answer.One("#Add_Email-error").TextContent, StringComparison.Ordinal);
        Assert.Equal(email, answer.One("#Add_Email").GetAttribute("value") ?? "");
        Assert.Equal(before, await _app.QueryAsync(db => db.Users.CountAsync()));
    }

    [Fact]
    public async Task A_role_that_does_not_exist_is_refused()
    {
        using var administrator = await _app.SignInAsync();
        var answer = await administrator.SubmitAsync(
            await administrator.GetAsync("/editor/accounts"), new() { ["Add.Email"] = "new@example.org", ["Add.Role"] = "Emperor" });

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("There is no role", answer.One("#Add_Role-error").TextContent, StringComparison.Ordinal);
        Assert.False(await _app.QueryAsync(db => db.Users.AnyAsync(user => user.Email == "new@example.org")));
    }

    [Fact]
    public async Task A_changed_role_takes_hold_where_the_person_is_signed_in()
    {
        await _app.AddAccountAsync("person@example.org", Roles.Editor);
        using var administrator = await _app.SignInAsync();
        using var person = _app.Visit();
        await SignInAsync(person, "person@example.org", PulseApp.Password);
        var answer = await administrator.SubmitAsync(await ShowAsync(administrator, "person@example.org"), new() { ["role"] = Roles.Administrator }, "form[action$='/role']");

        Assert.Contains("now has the role Administrator", (await administrator.FollowAsync(answer)).Text, StringComparison.Ordinal);
        await LetAMinutePassAsync();
        Assert.Equal(HttpStatusCode.Redirect, (await person.GetAsync("/editor")).Status);
        await SignInAsync(person, "person@example.org", PulseApp.Password);
        Assert.Equal(HttpStatusCode.OK, (await person.GetAsync("/editor/accounts")).Status);
    }

    [Fact]
    public async Task A_disabled_account_is_signed_out_and_stays_out_until_it_is_enabled()
    {
        await _app.AddAccountAsync("person@example.org", Roles.Editor);
        using var administrator = await _app.SignInAsync();
        using var person = _app.Visit();
        await SignInAsync(person, "person@example.org", PulseApp.Password);
        await administrator.SubmitAsync(await ShowAsync(administrator, "person@example.org"), form: "form[action$='/disable']");
        await LetAMinutePassAsync();

        Assert.Equal(HttpStatusCode.Redirect, (await person.GetAsync("/editor")).Status);
        var refused = await SignInAsync(person, "person@example.org", PulseApp.Password);
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("do not belong together", refused.Text, StringComparison.Ordinal);

        await administrator.SubmitAsync(await ShowAsync(administrator, "person@example.org"), form: "form[action$='/enable']");
        Assert.Equal(HttpStatusCode.Redirect, (await SignInAsync(person, "person@example.org", PulseApp.Password)).Status);
    }

    [Fact]
    public async Task A_new_link_ends_the_earlier_one_and_replaces_the_password_when_used()
    {
        await _app.AddAccountAsync("person@example.org", Roles.Editor);
        using var administrator = await _app.SignInAsync();
        var first = await MakeLinkAsync(administrator, "person@example.org");
        var second = await MakeLinkAsync(administrator, "person@example.org");
        using var person = _app.Visit();

        Assert.Equal(HttpStatusCode.Gone, (await person.GetAsync(first.AbsolutePath)).Status);
        await ChoosePasswordAsync(second, "another good long password");
        Assert.Equal(HttpStatusCode.BadRequest, (await SignInAsync(person, "person@example.org", PulseApp.Password)).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await SignInAsync(person, "person@example.org", "another good long password")).Status);
    }

    [Theory]
    [InlineData("form[action$='/role']")]
    [InlineData("form[action$='/disable']")]
    public async Task The_last_administrator_stays_one(string form)
    {
        using var administrator = await _app.SignInAsync();
        var email = await _app.QueryAsync(db => db.Users.Select(user => user.Email!).SingleAsync());
        var answer = await administrator.SubmitAsync(
            await ShowAsync(administrator, email), form.Contains("role", StringComparison.Ordinal) ? new() { ["role"] = Roles.Editor } : null, form);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("only administrator", answer.One(".error-summary").TextContent, StringComparison.Ordinal);
        await LetAMinutePassAsync();
        Assert.Equal(HttpStatusCode.OK, (await administrator.GetAsync("/editor/accounts")).Status);
    }

    [Fact]
    public async Task An_account_that_is_not_there_is_not_found()
    {
        using var administrator = await _app.SignInAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await administrator.GetAsync("/editor/accounts/987654")).Status);
    }

    /// <summary>The cookie is looked at again after the interval; here it has always just passed.</summary>
    private Task<bool> LetAMinutePassAsync() => _app.InScopeAsync(services =>
    {
        var options = services.GetRequiredService<IOptions<SecurityStampValidatorOptions>>().Value;
        Assert.InRange(options.ValidationInterval, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        options.ValidationInterval = TimeSpan.Zero;
        return Task.FromResult(true);
    });

    private static async Task<WebPage> ShowAsync(Visitor administrator, string email)
    {
        var list = await administrator.GetAsync("/editor/accounts");
        var link = list.Document.QuerySelectorAll("tbody a").Single(link => link.TextContent == email);
        return await administrator.GetAsync(link.GetAttribute("href")!);
    }

    private static async Task<Uri> MakeLinkAsync(Visitor administrator, string email)
        => new((await administrator.SubmitAsync(await ShowAsync(administrator, email), form: "form[action$='/link']")).One(".secret-link").TextContent);

    private async Task ChoosePasswordAsync(Uri link, string password)
    {
        using var person = _app.Visit();
        var answer = await person.SubmitAsync(await person.GetAsync(link.AbsolutePath), new() { ["Form.Password"] = password, ["Form.PasswordAgain"] = password });
        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
    }

    private static async Task<WebPage> SignInAsync(Visitor visitor, string email, string password)
        => await visitor.SubmitAsync(await visitor.GetAsync("/editor/sign-in"), new() { ["Email"] = email, ["Password"] = password });
}
