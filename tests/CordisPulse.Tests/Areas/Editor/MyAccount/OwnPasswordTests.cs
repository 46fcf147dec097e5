using System.Net;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Audit;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Areas.Editor.MyAccount;

/// <summary>Staff change their own password, who know the present one.</summary>
public sealed class OwnPasswordTests(PulseApp app) : IClassFixture<PulseApp>
{
    private const string Page = "/editor/my-account";
    private const string New = "four other words that hold";

    [Fact]
    public async Task It_is_changed_with_the_present_one_and_everybody_else_is_signed_out()
    {
        using var staff = await app.SignInAsync(Roles.Editor, "changes@password.example");
        var stamp = await StampAsync();
        var page = await staff.GetAsync(Page);
        foreach (var (present, wanted, again, field, said) in new[]
        {
            ("not mine", New, New, "Change_Password", "not your password"),
            ("", New, New, "Change_Password", "not your password"),
            (PulseApp.Password, "short", "short", "Change_NewPassword", "12 characters"),
            (PulseApp.Password, "aaaaaaaaaaaaaa", "aaaaaaaaaaaaaa", "Change_NewPassword", "different"),
            (PulseApp.Password, "password1234", "password1234", "Change_NewPassword", "first that a program would guess"),
            (PulseApp.Password, "qwertyuiop123456", "qwertyuiop123456", "Change_NewPassword", "first that a program would guess"),
            (PulseApp.Password, "changes@password.example", "changes@password.example", "Change_NewPassword", "first that a program would guess"),
            (PulseApp.Password, "", "", "Change_NewPassword", "Enter a new password"),
            (PulseApp.Password, New, "another", "Change_NewPasswordAgain", "not the same"),
        })
        {
            page = await staff.SubmitAsync(page, Typed(present, wanted, again), "#change-password");
            Assert.Equal(HttpStatusCode.BadRequest, page.Status);
            Assert.Contains(said, page.One($"#{field}-error").TextContent, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(PulseApp.Password, page.Html, StringComparison.Ordinal);
            Assert.DoesNotContain(New, page.Html, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.Redirect, (await staff.SubmitAsync(page, Typed(PulseApp.Password, New, New), "#change-password")).Status);
        Assert.Equal(HttpStatusCode.OK, (await staff.GetAsync("/editor")).Status);
        Assert.NotEqual(stamp, await StampAsync());
        using var door = app.Visit();
        var signIn = await door.GetAsync("/editor/sign-in");
        Assert.Equal(HttpStatusCode.BadRequest, (await door.SubmitAsync(signIn, new() { ["Email"] = "changes@password.example", ["Password"] = PulseApp.Password })).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await door.SubmitAsync(signIn, new() { ["Email"] = "changes@password.example", ["Password"] = New })).Status);
        Assert.Equal(1, await app.QueryAsync(db => db.AuditEntries.CountAsync(row => row.Act == AuditedActs.SetPassword && row.AccountId == row.OfAccountId)));

        var left = await staff.SubmitAsync(await staff.GetAsync("/editor"), form: "form.desk-who");
        Assert.Equal("\"cache\"", left.Headers["Clear-Site-Data"]);

        Task<string?> StampAsync() => app.QueryAsync(db => db.Users.Where(user => user.Email == "changes@password.example").Select(user => user.SecurityStamp).SingleAsync());
    }

    private static Dictionary<string, string?> Typed(string present, string wanted, string again)
        => new() { ["Change.Password"] = present, ["Change.NewPassword"] = wanted, ["Change.NewPasswordAgain"] = again };
}
