using System.Net;
using System.Text.RegularExpressions;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Subscriptions;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Features;

/// <summary>Every form that takes an address asks once about one that looks like a slip, and takes it when it is meant.</summary>
public sealed partial class AddressQuestionTests(PulseApp app) : IClassFixture<PulseApp>
{
    [Fact]
    public async Task Staff_who_add_somebody_are_offered_what_was_meant_and_may_keep_what_they_typed()
    {
        using var publisher = await app.SignInAsync(Roles.Publisher);
        var form = await publisher.GetAsync("/editor/subscribers/add");

        var asked = await publisher.SubmitAsync(form, new() { ["Email"] = "add.one@gmial.com", ["Name"] = "Ada", ["Ground"] = "Consent", ["ObtainedFrom"] = "Her card" }, "#add");
        Assert.Equal(HttpStatusCode.BadRequest, asked.Status);
        Assert.Contains("slip of the pen", asked.One("#Email-error").TextContent, StringComparison.Ordinal);
        Assert.Equal(("add.one@gmial.com", "Ada"), (asked.One("#Email").GetAttribute("value"), asked.One("#Name").GetAttribute("value")));
        Assert.Equal(HttpStatusCode.Redirect, (await publisher.SubmitAsync(asked, form: "#add", button: "[name=Use]")).Status);
        Assert.Equal(["add.one@gmail.com"], await AddressesAsync("add.one@"));

        // What was pressed stands in the field when something else is wrong.
        var again = await publisher.SubmitAsync(asked, new() { ["ObtainedFrom"] = "" }, "#add", "[name=Use]");
        Assert.Equal("add.one@gmail.com", again.One("#Email").GetAttribute("value"));

        var other = await publisher.SubmitAsync(form, new() { ["Email"] = "j\u043e.two@example.org", ["Ground"] = "Consent", ["ObtainedFrom"] = "Their card" }, "#add");
        Assert.Contains("two scripts", other.One("#Email-error").TextContent, StringComparison.Ordinal);
        Assert.Null(other.Document.QuerySelector("[name=Use]"));
        // Another slip is asked about anew.
        Assert.Equal(HttpStatusCode.BadRequest, (await publisher.SubmitAsync(other, new() { ["Email"] = "jo.three@gmial.com" }, "#add")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await publisher.SubmitAsync(other, form: "#add")).Status);
        Assert.Equal(["j\u043e.two@example.org"], await AddressesAsync(".two@"));
    }

    [Fact]
    public async Task Staff_who_edit_an_address_are_asked_about_a_new_one_alone()
    {
        using var publisher = await app.SignInAsync(Roles.Publisher);
        var id = await AddAsync("edit.one@gmial.com");
        var form = await publisher.GetAsync($"/editor/subscribers/{id}/edit");

        var renamed = await publisher.SubmitAsync(form, new() { ["Form.Name"] = "Edna", ["Form.Note"] = "By letter" }, "#edit");
        var asked = await publisher.SubmitAsync(form, new() { ["Form.Email"] = "edit.new@hotmial.co.uk", ["Form.Note"] = "By letter" }, "#edit");
        var saved = await publisher.SubmitAsync(asked, form: "#edit", button: "[name='Form.Use']");

        Assert.Equal(HttpStatusCode.Redirect, renamed.Status);
        Assert.Equal(HttpStatusCode.BadRequest, asked.Status);
        Assert.Contains("slip of the pen", asked.One("#Form_Email-error").TextContent, StringComparison.Ordinal);
        Assert.Equal("By letter", asked.One("#Form_Note").GetAttribute("value"));
        Assert.Equal(HttpStatusCode.Redirect, saved.Status);
        Assert.Equal(["edit.new@hotmail.co.uk"], await AddressesAsync("edit."));
    }

    [Fact]
    public async Task Whoever_joins_or_moves_is_asked_too_wide_letters_and_all()
    {
        using var visitor = app.Visit();
        var joining = await visitor.SubmitAsync(await visitor.GetAsync("/subscribe"), new() { ["Email"] = "\uFF4A\uFF4F\uFF49\uFF4E@example.org" });
        Assert.Equal(HttpStatusCode.BadRequest, joining.Status);
        Assert.Contains("wide letters", joining.One("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal("Use join@example.org", joining.One("[name=Use]").TextContent);
        Assert.Contains("Is the address right?", joining.One("#email-problem").TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.SubmitAsync(joining, button: "[name=Use]")).Status);
        await app.SettledAsync();
        Assert.Equal(["join@example.org"], await AddressesAsync("join@"));

        var id = await AddAsync("move.one@example.org");
        var token = await app.QueryAsync(db => db.Subscribers.Where(row => row.Id == id).Select(row => row.UnsubscribeToken).SingleAsync());
        await visitor.SubmitAsync(await visitor.GetAsync($"/preferences/{token}"), form: "#your-data");
        var link = new Uri(Link().Match((await app.MailToAsync("move.one@example.org", "holds about you")).TextBody!).Value).AbsolutePath;
        var open = await visitor.SubmitAsync(await visitor.GetAsync(link), form: "#open");
        var asked = await visitor.SubmitAsync(open, new() { ["Email"] = "move.new@gmial.com" }, "#address");
        Assert.Equal(HttpStatusCode.BadRequest, asked.Status);
        Assert.Contains("slip of the pen", asked.One("#email-problem").TextContent, StringComparison.Ordinal);
        Assert.Equal("move.new@gmial.com", asked.One("#Email").GetAttribute("value"));
        Assert.Equal(0, await app.QueryAsync(db => db.AddressRequests.CountAsync(row => row.Kind == AddressRequestKind.ChangeAddress)));
        await visitor.SubmitAsync(asked, form: "#address", button: "[name=Use]");
        await app.SettledAsync();
        await app.MailToAsync("move.new@gmail.com", "new address");
        // And as it was typed, if it is meant.
        await visitor.SubmitAsync(asked, form: "#address");
        await app.SettledAsync();
        await app.MailToAsync("move.new@gmial.com", "new address");
    }

    private Task<List<string?>> AddressesAsync(string part) => app.QueryAsync(db => db.Subscribers.Where(row => row.Email!.Contains(part)).Select(row => row.Email).ToListAsync());

    private Task<int> AddAsync(string email) => app.QueryAsync(async db =>
    {
        var row = db.Add(new Subscriber { Email = email, NormalizedEmail = email, Status = SubscriberStatus.Active, UnsubscribeToken = SecretToken.Create(), CreatedUtc = DateTime.UtcNow }).Entity;
        await db.SaveChangesAsync();
        return row.Id;
    });

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Link();
}
