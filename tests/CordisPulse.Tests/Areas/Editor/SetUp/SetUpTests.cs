using System.Net;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Data;
using CordisPulse.Core.Subscriptions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Tests.Areas.Editor.SetUp;

public sealed class SetUpTests : IDisposable
{
    private readonly PulseApp _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task The_first_administrator_sets_up_by_a_link_that_works_once()
    {
        var token = await RenewAsync();
        using var visitor = _app.Visit();
        var page = await visitor.GetAsync($"/editor/set-up/{token}");
        Assert.Equal("no-referrer", page.Headers["Referrer-Policy"]);
        // Mail programs open links by themselves; opening one uses nothing up.
        page = await visitor.GetAsync($"/editor/set-up/{token}");

        var answer = await visitor.SubmitAsync(page, Choice("o'neil@example.org"));
        Assert.Equal("/editor", answer.Location!.ToString());
        Assert.Contains("you are signed in", (await visitor.FollowAsync(answer)).One(".flash").TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/editor/accounts")).Status);
        var again = await visitor.GetAsync($"/editor/set-up/{token}");
        Assert.Equal(HttpStatusCode.Gone, again.Status);
        Assert.Contains("ask an administrator", again.Text, StringComparison.Ordinal);

        using var later = _app.Visit();
        var signIn = await later.SubmitAsync(await later.GetAsync("/editor/sign-in"), new() { ["Email"] = "o'neil@example.org", ["Password"] = PulseApp.Password });
        Assert.Equal("/editor", signIn.Location!.ToString());
        Assert.DoesNotContain(token, _app.Log, StringComparison.Ordinal);
        Assert.Null(await _app.InScopeAsync(services => services.GetRequiredService<FirstAdministrator>().RenewAsync()));
    }

    [Fact]
    public async Task Two_who_use_the_link_at_once_make_one_administrator()
    {
        var token = await RenewAsync();
        var visitors = Enumerable.Range(0, 4).Select(_ => _app.Visit()).ToList();
        // All have the form before anybody sends it.
        var forms = await Task.WhenAll(visitors.Select(visitor => visitor.GetAsync($"/editor/set-up/{token}")));
        var answers = await Task.WhenAll(visitors.Select((visitor, n) => visitor.SubmitAsync(forms[n], Choice($"person-{n}@example.org"))));
        visitors.ForEach(visitor => visitor.Dispose());

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Redirect);
        Assert.Equal(3, answers.Count(answer => answer.Status == HttpStatusCode.Gone));
        Assert.Equal(1, await _app.QueryAsync(db => db.Users.CountAsync()));
    }

    [Theory]
    [InlineData("first@example.org", "short", "short", "Form_Password", "at least 12 characters")]
    [InlineData("first@example.org", "correct horse battery", "correct horse butterfly", "Form_PasswordAgain", "not the same")]
    [InlineData("first@example.org", "", "", "Form_Password", "Choose a password")]
    [InlineData("no address", "correct horse battery", "correct horse battery", "Form_Email", "not an e-mail address")]
    [InlineData("", "correct horse battery", "correct horse battery", "Form_Email", "not an e-mail address")]
    public async Task What_is_refused_says_so_at_the_field_and_leaves_the_link_working(string email, string password, string again, string field, string message)
    {
        var token = await RenewAsync();
        using var visitor = _app.Visit();
        var answer = await visitor.SubmitAsync(
            await visitor.GetAsync($"/editor/set-up/{token}"),
            new() { ["Form.Email"] = email, ["Form.Password"] = password, ["Form.PasswordAgain"] = again });

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains(message, answer.One($"#{field}-error").TextContent, StringComparison.Ordinal);
        Assert.Equal(email, answer.One("#Form_Email").GetAttribute("value") ?? "");
        Assert.False(await _app.QueryAsync(db => db.Users.AnyAsync()));
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.SubmitAsync(answer, Choice("first@example.org"))).Status);
    }

    [Fact]
    public async Task A_new_start_ends_the_earlier_link()
    {
        var earlier = await RenewAsync();
        var later = await RenewAsync();
        using var visitor = _app.Visit();

        Assert.Equal(HttpStatusCode.Gone, (await visitor.GetAsync($"/editor/set-up/{earlier}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync($"/editor/set-up/{later}")).Status);
    }

    [Theory]
    [InlineData("abcdefghijklmnopqrstuvwxyz")]
    [InlineData("nonsense")]
    public async Task A_link_that_was_never_made_is_not_found(string token)
    {
        using var visitor = _app.Visit();
        var page = await visitor.GetAsync($"/editor/set-up/{token}");

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.Contains("no such link", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_that_has_ended_says_so()
    {
        var token = await _app.InScopeAsync(async services =>
        {
            var ended = services.GetRequiredService<OneTimeTokens>().ForAccount(TokenPurpose.SetUpAccount, null, TimeSpan.FromSeconds(-1));
            await services.GetRequiredService<PulseDbContext>().SaveChangesAsync();
            return ended;
        });
        using var visitor = _app.Visit();

        Assert.Equal(HttpStatusCode.Gone, (await visitor.GetAsync($"/editor/set-up/{token}")).Status);
    }

    [Fact]
    public async Task A_start_makes_the_three_roles_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _app.InScopeAsync(async services =>
        {
            await services.GetRequiredService<RoleRows>().EnsureAsync();
            return true;
        })));

        Assert.Equal(Roles.All.Order(), await _app.QueryAsync(db => db.Roles.Select(role => role.Name!).OrderBy(name => name).ToListAsync()));
    }

    private static Dictionary<string, string?> Choice(string email) => new()
    {
        ["Form.Email"] = email,
        ["Form.Password"] = PulseApp.Password,
        ["Form.PasswordAgain"] = PulseApp.Password,
    };

    private async Task<string> RenewAsync()
        => (await _app.InScopeAsync(services => services.GetRequiredService<FirstAdministrator>().RenewAsync()))!;
}
