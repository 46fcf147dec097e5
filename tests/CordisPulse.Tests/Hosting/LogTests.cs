using System.Text.Json;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Tests.Data;

namespace CordisPulse.Tests.Hosting;

/// <summary>What an error page shows is found in the log, and nothing of people is.</summary>
public sealed class LogTests
{
    [SqliteTheory]
    [InlineData("Text")]
    [InlineData("Json")]
    public async Task The_code_that_an_error_shows_leads_to_its_lines_which_hold_no_address_of_a_page(string format)
    {
        await using var app = new PulseApp().With("Log:Format", format);
        var token = await app.QueryAsync(async db =>
        {
            var person = new Subscriber { Email = "ann@example.org", NormalizedEmail = "ann@example.org", Status = SubscriberStatus.Active, UnsubscribeToken = SecretToken.Create() };
            db.Add(person);
            await db.SaveChangesAsync();
            return person.UnsubscribeToken;
        });
        // So that the statement itself is at fault.
        await app.OnSqliteAsync("ALTER TABLE Subscribers RENAME TO Gone");
        using var reader = app.Visit();

        var failed = await reader.GetAsync($"/unsubscribe/{token}?from=ann%40example.org");

        Assert.Equal(500, (int)failed.Status);
        var code = failed.Document.QuerySelector("#trace-code")!.TextContent;
        Assert.Matches("^[0-9a-f]{32}$", code);
        var lines = app.Log.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line.Contains(code, StringComparison.Ordinal)).ToList();
        Assert.Contains(lines, line => line.Contains("unsubscribe/{token}", StringComparison.Ordinal) && line.Contains("500", StringComparison.Ordinal));
        Assert.DoesNotContain(token, app.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("ann@example.org", app.Log, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("ann%40", app.Log, StringComparison.OrdinalIgnoreCase);
        if (format == "Json")
            Assert.All(lines, line =>
            {
                using var json = JsonDocument.Parse(line);
                Assert.Equal(code, json.RootElement.GetProperty("@tr").GetString());
                Assert.False(json.RootElement.TryGetProperty("RequestPath", out _));
            });

        Assert.Null((await reader.GetAsync("/no-such-page")).Document.QuerySelector("#trace-code"));
    }
}
