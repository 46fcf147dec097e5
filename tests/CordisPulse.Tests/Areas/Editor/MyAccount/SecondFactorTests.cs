using System.Net;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Audit;
using CordisPulse.Tests.Commands;
using Microsoft.EntityFrameworkCore;
using OtpNet;

namespace CordisPulse.Tests.Areas.Editor.MyAccount;

/// <summary>A code beside the password: turned on, asked for, lost and taken off again.</summary>
public sealed class SecondFactorTests(PulseApp app) : IClassFixture<PulseApp>
{
    private const string Page = "/editor/my-account";

    [Fact]
    public async Task It_is_turned_on_by_a_code_and_the_password_and_then_asked_for_at_each_sign_in()
    {
        using var staff = await app.SignInAsync(Roles.Editor, "app@factor.example");
        var page = await staff.GetAsync(Page);
        var key = KeyOn(page);
        Assert.StartsWith("M", page.One("svg.qr path").GetAttribute("d"), StringComparison.Ordinal);
        foreach (var (code, password, field, said) in new[]
        {
            ("000000", PulseApp.Password, "Form.Code", "not the code that the app shows"),
            ("x", PulseApp.Password, "Form.Code", "not the code that the app shows"),
            (Code(key), "not my password", "Form.Password", "not your password"),
            (Code(key), "", "Form.Password", "not your password"),
        })
        {
            page = await staff.SubmitAsync(page, new() { ["Form.Code"] = code, ["Form.Password"] = password }, "#turn-on");
            Assert.Equal(HttpStatusCode.BadRequest, page.Status);
            Assert.Contains(said, page.One($"[id='{field.Replace('.', '_')}-error']").TextContent, StringComparison.Ordinal);
            Assert.Equal(key, KeyOn(page));
        }

        var on = await staff.SubmitAsync(page, new() { ["Form.Code"] = Code(key).Insert(3, " "), ["Form.Password"] = PulseApp.Password }, "#turn-on");
        Assert.Equal(HttpStatusCode.OK, on.Status);
        var codes = on.Texts("#codes code").ToList();
        Assert.Equal(10, codes.Count);
        Assert.Equal(HttpStatusCode.OK, (await staff.GetAsync("/editor")).Status);
        Assert.Contains("10 of your recovery codes are left", (await staff.GetAsync(Page)).Text, StringComparison.Ordinal);

        // The database alone signs nobody in.
        var kept = string.Join('\n', await app.QueryAsync(db => db.UserTokens.Select(row => row.Value).ToListAsync()));
        Assert.DoesNotContain(key, kept, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(codes, code => kept.Contains(code, StringComparison.OrdinalIgnoreCase));

        using var door = app.Visit();
        var asked = await EnterPasswordAsync(door, "app@factor.example");
        Assert.Equal(HttpStatusCode.OK, asked.Status);
        Assert.Equal(HttpStatusCode.Redirect, (await door.GetAsync("/editor")).Status);
        // What turned it on is used up.
        var used = await door.SubmitAsync(asked, new() { ["Code"] = Code(key) });
        Assert.Equal(HttpStatusCode.BadRequest, used.Status);
        var next = Code(key, later: 1);
        var entered = await door.SubmitAsync(used, new() { ["Code"] = next });
        Assert.Equal((HttpStatusCode.Redirect, "/editor"), (entered.Status, entered.Location!.OriginalString));
        Assert.Equal(HttpStatusCode.OK, (await door.GetAsync("/editor")).Status);

        using var other = app.Visit();
        asked = await EnterPasswordAsync(other, "app@factor.example");
        var replayed = await other.SubmitAsync(asked, new() { ["Code"] = next });
        Assert.Equal(HttpStatusCode.BadRequest, replayed.Status);
        Assert.Contains("it has been used", replayed.Text, StringComparison.Ordinal);
        var recovered = await other.SubmitAsync(replayed, new() { ["Code"] = codes[3].ToLowerInvariant() });
        Assert.Equal(HttpStatusCode.Redirect, recovered.Status);

        using var third = app.Visit();
        asked = await EnterPasswordAsync(third, "app@factor.example");
        Assert.Equal(HttpStatusCode.BadRequest, (await third.SubmitAsync(asked, new() { ["Code"] = codes[3] })).Status);
        Assert.Contains("9 of your recovery codes are left", (await other.GetAsync(Page)).Text, StringComparison.Ordinal);

        var id = await NumberAsync("app@factor.example");
        Assert.Equal(
            ["with a code", "with a recovery code"],
            await app.QueryAsync(db => db.AuditEntries.Where(row => row.AccountId == id && row.Act == AuditedActs.SignedIn && row.Detail != null).OrderBy(row => row.Id).Select(row => row.Detail!).ToListAsync()));
        Assert.DoesNotContain(key, app.Log, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Guessing_codes_ends_in_a_lock_out_and_what_was_typed_before_the_sign_in_is_kept_through_the_code()
    {
        var (key, codes) = await TurnOnAsync("guessed@factor.example");
        using var door = app.Visit();
        door.Http.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        door.Http.DefaultRequestHeaders.Add("Accept", "text/html");
        using var sent = new FormUrlEncodedContent([new("wanted", "Assigned"), new("note", "typed “before”")]);
        using var answer = await door.Http.PostAsync("/editor/my-mail", sent);
        var signIn = await WebPage.ReadAsync(answer);
        var asked = await door.SubmitAsync(signIn, new() { ["Email"] = "guessed@factor.example", ["Password"] = PulseApp.Password });
        var kept = await door.SubmitAsync(asked, new() { ["Code"] = Code(key, later: 1) });
        Assert.Equal("typed “before”", kept.One("#held input[name=note]").GetAttribute("value"));

        using var thief = app.Visit();
        var guess = await EnterPasswordAsync(thief, "guessed@factor.example");
        for (var tries = 0; tries < 5; tries++)
            guess = await thief.SubmitAsync(guess, new() { ["Code"] = tries % 2 == 0 ? "000000" : "AAAAA-BBBBB" });
        Assert.Contains("rests for ten minutes", guess.Text, StringComparison.Ordinal);
        Assert.Contains("rests for ten minutes", (await thief.SubmitAsync(guess, new() { ["Code"] = codes[0] })).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_has_lost_both_is_helped_by_an_administrator_or_a_command_and_turns_it_on_anew()
    {
        await TurnOnAsync("lost@factor.example");
        var id = await NumberAsync("lost@factor.example");
        using var administrator = await app.SignInAsync();
        await administrator.SubmitAsync(await administrator.GetAsync($"/editor/accounts/{id}"), form: "form[action$='second-factor/off']");
        using var door = app.Visit();
        Assert.Equal(HttpStatusCode.Redirect, (await EnterPasswordAsync(door, "lost@factor.example")).Status);

        await TurnOnAsync("lost@factor.example", door);
        Assert.Contains("lost@factor.example\tEditor\tin use\tsecond factor", (await PulseCommand.RunAsync(app, "account", "list")).Output, StringComparison.Ordinal);
        var reset = await PulseCommand.RunAsync(app, "account", "reset-second-factor", "lost@factor.example");
        Assert.Equal((0, "", "The second factor of lost@factor.example is off."), (reset.ExitCode, reset.Error, reset.Output.Trim()));
        using var again = app.Visit();
        Assert.Equal(HttpStatusCode.Redirect, (await EnterPasswordAsync(again, "lost@factor.example")).Status);

        // One who has it takes it off with the password alone.
        var (_, codes) = await TurnOnAsync("lost@factor.example", again);
        var page = await again.GetAsync(Page);
        Assert.Equal(HttpStatusCode.BadRequest, (await again.SubmitAsync(page, new() { ["Form.Password"] = "wrong" }, "#manage", "#off")).Status);
        var renewed = (await again.SubmitAsync(page, new() { ["Form.Password"] = PulseApp.Password }, "#manage", "#renew")).Texts("#codes code");
        Assert.Empty(renewed.Intersect(codes));
        Assert.Equal(HttpStatusCode.Redirect, (await again.SubmitAsync(await again.GetAsync(Page), new() { ["Form.Password"] = PulseApp.Password }, "#manage", "#off")).Status);
        Assert.NotNull((await again.GetAsync(Page)).Document.QuerySelector("#turn-on"));
    }

    [Fact]
    public async Task Where_it_is_demanded_the_desk_is_closed_until_it_is_on()
    {
        await using var strict = new PulseApp().With("Accounts:RequireSecondFactor", "Administrators");
        using var editor = await strict.SignInAsync(Roles.Editor);
        Assert.Equal(HttpStatusCode.OK, (await editor.GetAsync("/editor")).Status);
        using var administrator = await strict.SignInAsync(Roles.Administrator);
        foreach (var path in new[] { "/editor", "/editor/accounts", "/editor/subscribers" })
            Assert.Equal((HttpStatusCode.Redirect, Page), ((await administrator.GetAsync(path)).Status, (await administrator.GetAsync(path)).Location!.OriginalString));

        var page = await administrator.GetAsync(Page);
        await administrator.SubmitAsync(page, new() { ["Form.Code"] = Code(KeyOn(page)), ["Form.Password"] = PulseApp.Password }, "#turn-on");
        Assert.Equal(HttpStatusCode.OK, (await administrator.GetAsync("/editor/accounts")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await administrator.SubmitAsync(await administrator.GetAsync("/editor"), form: "form.desk-who")).Status);
    }

    [Fact]
    public async Task Accounts_are_managed_by_commands_when_nobody_can_get_in()
    {
        await app.AddAccountAsync("command@factor.example", Roles.Editor);
        foreach (var (arguments, said) in new (string[], string)[]
        {
            (["role", "command@factor.example", "Publisher"], "command@factor.example now has the role Publisher."),
            (["disable", "command@factor.example"], "command@factor.example is disabled."),
            (["enable", "command@factor.example"], "command@factor.example may sign in."),
            (["link", "command@factor.example"], "They choose a password here, once, within three days: http"),
        })
        {
            var done = await PulseCommand.RunAsync(app, ["account", .. arguments]);
            Assert.Equal((0, ""), (done.ExitCode, done.Error));
            Assert.StartsWith(said, done.Output, StringComparison.Ordinal);
        }

        var nobody = await PulseCommand.RunAsync(app, "account", "disable", "nobody@factor.example");
        Assert.Equal((1, "There is no account for nobody@factor.example."), (nobody.ExitCode, nobody.Error.Trim()));
        var id = await NumberAsync("command@factor.example");
        Assert.Equal(
            [AuditedActs.ChangeRole, AuditedActs.DisableAccount, AuditedActs.EnableAccount, AuditedActs.MakeSetUpLink],
            await app.QueryAsync(db => db.AuditEntries.Where(row => row.OfAccountId == id && row.Way == AuditWay.Command).OrderBy(row => row.Id).Select(row => row.Act).ToListAsync()));
    }

    private static string KeyOn(WebPage page) => page.One("#key").TextContent.Replace(" ", "", StringComparison.Ordinal);

    private static string Code(string key, int later = 0) => new Totp(Base32Encoding.ToBytes(key)).ComputeTotp(DateTime.UtcNow.AddSeconds(30 * later));

    private static async Task<WebPage> EnterPasswordAsync(Visitor door, string email)
        => await door.SubmitAsync(await door.GetAsync("/editor/sign-in"), new() { ["Email"] = email, ["Password"] = PulseApp.Password });

    private async Task<(string Key, IReadOnlyList<string> Codes)> TurnOnAsync(string email, Visitor? signedIn = null)
    {
        var staff = signedIn ?? await app.SignInAsync(Roles.Editor, email);
        var page = await staff.GetAsync(Page);
        var on = await staff.SubmitAsync(page, new() { ["Form.Code"] = Code(KeyOn(page)), ["Form.Password"] = PulseApp.Password }, "#turn-on");
        Assert.Equal(HttpStatusCode.OK, on.Status);
        return (KeyOn(page), [.. on.Texts("#codes code")]);
    }

    private Task<int> NumberAsync(string email) => app.QueryAsync(db => db.Users.Where(user => user.Email == email).Select(user => user.Id).SingleAsync());
}
