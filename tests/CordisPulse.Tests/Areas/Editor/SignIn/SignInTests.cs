using System.Net;
using CordisPulse.Core.Accounts;

namespace CordisPulse.Tests.Areas.Editor.SignIn;

public sealed class SignInTests(PulseApp app) : IClassFixture<PulseApp>
{
    [Fact]
    public async Task The_right_password_opens_the_page_that_asked()
    {
        var email = await AddAsync(Roles.Editor);
        using var visitor = app.Visit();

        var asked = await visitor.GetAsync("/editor/not-allowed");
        Assert.Equal(HttpStatusCode.Forbidden, asked.Status);
        var page = await visitor.GetAsync("/editor/sign-in?returnTo=%2Feditor%2Fnot-allowed");
        var answer = await visitor.SubmitAsync(page, new() { ["Email"] = email.ToUpperInvariant(), ["Password"] = PulseApp.Password });

        Assert.Equal("/editor/not-allowed", answer.Location!.ToString());
        Assert.Contains(email, (await visitor.FollowAsync(answer)).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://example.com/")]
    [InlineData("//example.com/")]
    [InlineData("/\\example.com")]
    public async Task A_sign_in_never_leads_to_another_site(string returnTo)
    {
        var email = await AddAsync(Roles.Editor);
        using var visitor = app.Visit();
        var page = await visitor.GetAsync("/editor/sign-in");
        var answer = await visitor.SubmitAsync(page, new() { ["Email"] = email, ["Password"] = PulseApp.Password, ["ReturnTo"] = returnTo });

        Assert.Equal("/editor", answer.Location!.ToString());
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_address_get_the_same_answers_up_to_the_rest()
    {
        var known = await AddAsync(Roles.Editor);
        var unknown = $"{Guid.NewGuid():N}@example.org";
        using var one = app.Visit();
        using var other = app.Visit();
        for (var attempt = 1; attempt <= 6; attempt++)
        {
            var wrongPassword = await TryAsync(one, known, "not the right password");
            var unknownAddress = await TryAsync(other, unknown, "not the right password");

            Assert.Equal(HttpStatusCode.BadRequest, wrongPassword.Status);
            Assert.Equal(HttpStatusCode.BadRequest, unknownAddress.Status);
            var message = wrongPassword.One("#Email-error").TextContent;
            Assert.Equal(message, unknownAddress.One("#Email-error").TextContent);
            Assert.Contains(attempt < 5 ? "do not belong together" : "rests for ten minutes", message, StringComparison.Ordinal);
            Assert.Equal(known, wrongPassword.One("#Email").GetAttribute("value"));
            Assert.Null(wrongPassword.One("#Password").GetAttribute("value"));
        }

        var withTheRightOne = await TryAsync(one, known, PulseApp.Password);
        Assert.Equal(HttpStatusCode.BadRequest, withTheRightOne.Status);
        Assert.Contains("rests for ten minutes", withTheRightOne.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(one.Cookies, cookie => cookie.Name == "CordisPulse");
        Assert.DoesNotContain(known, app.Log, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Empty_fields_say_so_at_the_field_and_in_the_summary()
    {
        using var visitor = app.Visit();
        var answer = await TryAsync(visitor, "", "");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("Enter your e-mail address.", answer.One("#Email-error").TextContent);
        Assert.Equal("Email-error", answer.One("#Email").GetAttribute("aria-describedby"));
        Assert.Equal("true", answer.One("#Email").GetAttribute("aria-invalid"));
        Assert.Equal(["#Email", "#Password"], answer.Document.QuerySelectorAll(".error-summary a").Select(link => link.GetAttribute("href")));
    }

    [Fact]
    public async Task Signing_out_closes_the_desk()
    {
        using var visitor = await app.SignInAsync(Roles.Editor);
        var page = await visitor.GetAsync("/editor/not-allowed");
        var answer = await visitor.SubmitAsync(page, form: "form.desk-who");

        Assert.Contains("You are signed out", (await visitor.FollowAsync(answer)).Text, StringComparison.Ordinal);
        var closed = await visitor.GetAsync("/editor");
        Assert.Equal(HttpStatusCode.Redirect, closed.Status);
        Assert.Contains("/editor/sign-in", closed.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sign_in_that_did_not_come_from_the_page_is_refused()
    {
        var email = await AddAsync(Roles.Editor);
        using var visitor = app.Visit();
        using var content = new FormUrlEncodedContent([new("Email", email), new("Password", PulseApp.Password)]);
        using var answer = await visitor.Http.PostAsync("/editor/sign-in", content);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.DoesNotContain(visitor.Cookies, cookie => cookie.Name == "CordisPulse");
    }

    private async Task<string> AddAsync(string role)
    {
        var email = $"{Guid.NewGuid():N}@example.org";
        await app.AddAccountAsync(email, role);
        return email;
    }

    private static async Task<WebPage> TryAsync(Visitor visitor, string email, string password)
        => await visitor.SubmitAsync(await visitor.GetAsync("/editor/sign-in"), new() { ["Email"] = email, ["Password"] = password });
}
