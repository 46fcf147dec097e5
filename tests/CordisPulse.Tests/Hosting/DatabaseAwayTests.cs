using System.Data.Common;
using System.Net;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Data;
using CordisPulse.Tests.Builders;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Tests.Hosting;

/// <summary>The database goes away or has no room while people read and write, and comes back without a restart.</summary>
public sealed class DatabaseAwayTests
{
    [Fact]
    public async Task While_it_is_away_every_page_says_so_and_keeps_what_was_sent_and_afterwards_all_is_as_before()
    {
        await using var app = new LeavingApp();
        var staff = await app.SignInAsync(Roles.Administrator);
        var month = (await new EditionBuilder().Item("Waiting for care").SaveAsync(app)).Month;
        await app.PublishAsync(month);
        using var reader = app.Visit();
        reader.Http.DefaultRequestHeaders.Add("Accept", "text/html");
        staff.Http.DefaultRequestHeaders.Add("Accept", "text/html");
        Assert.Equal(HttpStatusCode.OK, (await reader.GetAsync($"/editions/{month}")).Status);
        var joining = await reader.GetAsync("/subscribe");

        app.Away.Failure = () => new SqliteException("unable to open database file", 14);
        // Readers keep what is there.
        Assert.Equal(HttpStatusCode.OK, (await reader.GetAsync($"/editions/{month}")).Status);
        foreach (var (visitor, path) in new[] { (reader, "/sources"), (staff, "/editor"), (staff, "/editor/subscribers") })
        {
            var page = await visitor.GetAsync(path);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, page.Status);
            Assert.Equal("The database cannot be reached right now", page.Document.QuerySelector("h1")!.TextContent);
        }

        var lost = await reader.SubmitAsync(joining, new() { ["Email"] = "ann@example.org", ["Name"] = "“Ann” <b>" });
        Assert.Equal(HttpStatusCode.ServiceUnavailable, lost.Status);
        Assert.Contains("Nothing was saved, and what you sent is still here.", lost.Document.Body!.TextContent, StringComparison.Ordinal);

        app.Away.Failure = null;
        Assert.Equal(0, await app.QueryAsync(db => db.AddressRequests.CountAsync()));
        var again = await reader.SubmitAsync(lost, form: "#again");
        Assert.True(again.Status is HttpStatusCode.OK or HttpStatusCode.Redirect or HttpStatusCode.SeeOther, $"{again.Status}");
        await app.SettledAsync();
        Assert.Equal("“Ann” <b>", await app.QueryAsync(db => db.Subscribers.Where(row => row.NormalizedEmail == "ann@example.org").Select(row => row.Name).SingleAsync()));
        Assert.Equal(HttpStatusCode.OK, (await staff.GetAsync("/editor")).Status);
        Assert.Contains("could not use the database: SQLite 14", app.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("ann@example.org", app.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_in_meanwhile_keeps_no_password_and_other_than_browsers_are_told_in_a_line()
    {
        await using var app = new LeavingApp();
        using var visitor = app.Visit();
        visitor.Http.DefaultRequestHeaders.Add("Accept", "text/html");
        var signIn = await visitor.GetAsync("/editor/sign-in");
        app.Away.Failure = () => new SqliteException("database or disk is full", 13);

        var refused = await visitor.SubmitAsync(signIn, new() { ["Email"] = "ann@example.org", ["Password"] = "my very secret words" });
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.Status);
        Assert.Equal("There is no room left on the server", refused.Document.QuerySelector("h1")!.TextContent);
        Assert.DoesNotContain("my very secret words", refused.Html, StringComparison.Ordinal);

        using var machine = app.Visit();
        using var answer = await machine.Http.GetAsync("/sources?other=1");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(30)), (answer.StatusCode, answer.Headers.RetryAfter!.Delta));
        Assert.StartsWith("There is no room left on the server.", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    private sealed class LeavingApp : PulseApp
    {
        public AwayDatabase Away { get; } = new();

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureServices(services => services.ConfigureDbContext<PulseDbContext>(context => context.AddInterceptors(Away)));
        }
    }

    /// <summary>Stands where the driver would fail.</summary>
    private sealed class AwayDatabase : DbConnectionInterceptor
    {
        public Func<Exception>? Failure { get; set; }

        public override InterceptionResult ConnectionOpening(DbConnection connection, ConnectionEventData eventData, InterceptionResult result)
            => Failure is { } failure ? throw failure() : result;

        public override ValueTask<InterceptionResult> ConnectionOpeningAsync(
            DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
            => Failure is { } failure ? throw failure() : ValueTask.FromResult(result);
    }
}
