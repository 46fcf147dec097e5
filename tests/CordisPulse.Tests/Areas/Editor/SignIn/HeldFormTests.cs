using System.Net;
using CordisPulse.Core.Accounts;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Areas.Editor.SignIn;

/// <summary>What is sent after a sign-in has ended is kept over the next one.</summary>
public sealed class HeldFormTests(PulseApp app) : IClassFixture<PulseApp>
{
    private const string Where = "The sign-up sheet\r\nof our \"spring\" conference & lunch";

    [Fact]
    public async Task What_was_typed_is_sent_on_after_the_next_sign_in()
    {
        var (person, account) = (Address(), Address());
        await app.AddAccountAsync(account, Roles.Publisher);
        using var visitor = await FillInAndLoseTheSignInAsync(account);
        var signIn = await SendAsync(visitor, person);

        Assert.Equal(HttpStatusCode.OK, signIn.Status);
        Assert.Contains("What you typed is kept", signIn.One("#held").TextContent, StringComparison.Ordinal);
        Assert.False(await IsOnTheListAsync(person));
        var wrong = await visitor.SubmitAsync(signIn, new() { ["Email"] = account, ["Password"] = "not the right password" });
        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
        var kept = await visitor.SubmitAsync(wrong, new() { ["Email"] = account, ["Password"] = PulseApp.Password });
        Assert.Equal("Your form is still here", kept.One("h1").TextContent);
        Assert.Equal(Where, kept.One("[name=ObtainedFrom]").GetAttribute("value"));
        // Nobody sends on what they do not see.
        Assert.Contains("/editor/subscribers/add", kept.One("#typed").TextContent, StringComparison.Ordinal);
        Assert.Contains(person, kept.One("#typed").TextContent, StringComparison.Ordinal);
        Assert.Equal(["Sent to", "Email", "Ground", "Obtained from"], kept.Texts("#typed dt").Order(StringComparer.Ordinal).OrderBy(name => name != "Sent to"));
        Assert.False(await IsOnTheListAsync(person));
        var done = await visitor.SubmitAsync(kept);

        Assert.Equal("/editor/subscribers", done.Location!.ToString());
        Assert.True(await IsOnTheListAsync(person));
        Assert.Equal("The sign-up sheet of our \"spring\" conference & lunch", await app.QueryAsync(db => db.Subscribers.Where(row => row.Email == person).Select(row => row.Basis!.ObtainedFrom).SingleAsync()));
        Assert.DoesNotContain(person, app.Log, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Whoever_signs_in_then_may_do_no_more_than_their_role_does()
    {
        var (person, account, other) = (Address(), Address(), Address());
        await app.AddAccountAsync(account, Roles.Publisher);
        await app.AddAccountAsync(other, Roles.Editor);
        using var visitor = await FillInAndLoseTheSignInAsync(account);
        var kept = await visitor.SubmitAsync(await SendAsync(visitor, person), new() { ["Email"] = other, ["Password"] = PulseApp.Password });
        var refused = await visitor.SubmitAsync(kept);

        Assert.Equal("/editor/not-allowed", refused.Location!.OriginalString.Split('?')[0]);
        Assert.False(await IsOnTheListAsync(person));
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    // Another port, or another name beside ours, for which cookies come along.
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "http://127.0.0.1:9")]
    [InlineData("Origin", "null")]
    [InlineData("X-Nothing", "said")]
    public async Task A_form_of_another_site_is_not_held(string header, string value)
    {
        var account = Address();
        await app.AddAccountAsync(account, Roles.Publisher);
        using var visitor = await FillInAndLoseTheSignInAsync(account);
        visitor.Http.DefaultRequestHeaders.Remove("Sec-Fetch-Site");
        visitor.Http.DefaultRequestHeaders.Add(header, value);
        var answer = await SendAsync(visitor, Address());

        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        Assert.Contains("/editor/sign-in", answer.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_tls_a_browser_names_the_origin_of_a_form()
    {
        var account = Address();
        await app.AddAccountAsync(account, Roles.Publisher);
        using var visitor = await FillInAndLoseTheSignInAsync(account);
        visitor.Http.DefaultRequestHeaders.Remove("Sec-Fetch-Site");
        visitor.Http.DefaultRequestHeaders.Add("Origin", app.Address.GetLeftPart(UriPartial.Authority));

        Assert.Contains("What you typed is kept", (await SendAsync(visitor, Address())).One("#held").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100)]
    // More than is read before it is known who sends it.
    [InlineData(1_000_000)]
    public async Task A_file_is_not_held_and_whoever_sent_it_reads_that_they_must_choose_it_again(int length)
    {
        var account = Address();
        await app.AddAccountAsync(account, Roles.Publisher);
        using var visitor = await FillInAndLoseTheSignInAsync(account);
        var list = Path.Combine(app.Directory, $"{Guid.NewGuid():N}.csv");
        await File.WriteAllTextAsync(list, $"email\nheld@file.example\n{new string('\n', length)}");
        var page = await visitor.GetAsync("/editor/subscribers/import");
        visitor.Cookies.Single(cookie => cookie.Name == "CordisPulse").Expired = true;
        var signIn = await visitor.SubmitAsync(page, new() { ["Form.File"] = list }, "#import");

        Assert.Contains("The file was not taken", signIn.One("#held").TextContent, StringComparison.Ordinal);
        var wrong = await visitor.SubmitAsync(signIn, new() { ["Email"] = account, ["Password"] = "not the right password" });
        Assert.Contains("choose it again", wrong.One("#held").TextContent, StringComparison.Ordinal);
        var told = await visitor.SubmitAsync(wrong, new() { ["Email"] = account, ["Password"] = PulseApp.Password });
        Assert.Equal("Choose the file again", told.One("h1").TextContent);
        Assert.Null(told.Document.QuerySelector("form#held"));
        Assert.Equal("/editor/subscribers/import", told.One("main a.btn").GetAttribute("href"));
        Assert.False(await app.QueryAsync(db => db.ListImports.AnyAsync()));
    }

    [Fact]
    public async Task What_is_not_of_our_sealing_leads_to_the_desk()
    {
        var account = Address();
        await app.AddAccountAsync(account, Roles.Publisher);
        using var visitor = await FillInAndLoseTheSignInAsync(account);
        var signIn = await SendAsync(visitor, Address());
        var altered = await visitor.SubmitAsync(signIn, new() { ["Email"] = account, ["Password"] = PulseApp.Password, ["Held"] = signIn.One("[name=Held]").GetAttribute("value")![..^4] + "AAAA" });

        Assert.Equal("/editor", altered.Location!.ToString());
    }

    private async Task<Visitor> FillInAndLoseTheSignInAsync(string account)
    {
        var visitor = app.Visit();
        await visitor.SubmitAsync(await visitor.GetAsync("/editor/sign-in"), new() { ["Email"] = account, ["Password"] = PulseApp.Password });
        visitor.Http.DefaultRequestHeaders.Add("Accept", "text/html");
        visitor.Http.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        return visitor;
    }

    private static async Task<WebPage> SendAsync(Visitor visitor, string person)
    {
        var page = await visitor.GetAsync("/editor/subscribers/add");
        visitor.Cookies.Single(cookie => cookie.Name == "CordisPulse").Expired = true;
        return await visitor.SubmitAsync(page, new() { ["Email"] = person, ["Ground"] = "Consent", ["ObtainedFrom"] = Where });
    }

    private Task<bool> IsOnTheListAsync(string person) => app.QueryAsync(db => db.Subscribers.AnyAsync(row => row.Email == person));

    private static string Address() => $"{Guid.NewGuid():N}@example.org";
}
