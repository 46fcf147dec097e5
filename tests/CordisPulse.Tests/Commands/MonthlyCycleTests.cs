using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using CordisPulse.Core.Editions;
using CordisPulse.Tests.Mail;

namespace CordisPulse.Tests.Commands;

/// <summary>The real edition from its text to two hundred inboxes and one reader fewer, from the command line beside a running server.</summary>
public sealed partial class MonthlyCycleTests : IAsyncDisposable
{
    private const int Readers = 200;

    private readonly LoopbackSmtpServer _server = LoopbackSmtpServer.Start();
    private readonly PulseApp _app;

    public MonthlyCycleTests() => _app = new PulseApp()
        .With("Mail:Transport", "Smtp").With("Mail:Smtp:Host", LoopbackSmtpServer.Host)
        .With("Mail:Smtp:Port", _server.Port.ToString(CultureInfo.InvariantCulture)).With("Mail:From", "pulse@example.org");

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _server.DisposeAsync();
    }

    [SeedFact]
    public async Task Two_hundred_get_March_and_one_of_them_who_leaves_with_one_post_gets_no_April()
    {
        using var visitor = _app.Visit();
        await RunAsync("edition", "import", Seed.PathOf("cordispulse-2022-03.txt"));
        var document = JsonDocument.Parse((await RunAsync("edition", "export", "2022-03", "--format", "json")).Output).RootElement;
        Assert.Equal(4, document.GetProperty("news").GetArrayLength());
        Assert.Equal(21, EditionDocument.FromJson(document.GetRawText()).Items.Count());
        var refused = await PulseCommand.RunAsync(_app, "edition", "publish", "2022-03");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("link-placeholder", refused.Error, StringComparison.Ordinal);
        await RunAsync("edition", "publish", "2022-03", "--allow", "link-missing", "--allow", "link-placeholder");

        var list = Path.Combine(_app.Directory, "readers.csv");
        await File.WriteAllLinesAsync(list, ["email,name", .. Enumerable.Range(1, Readers).Select(i => $"reader{i}@example.org,Reader {i}")]);
        await RunAsync("subscriber", "import", list, "--consent", "Asked at the spring conference");
        var sent = await RunAsync("mailing", "send", "2022-03", "--wait");
        Assert.Contains($"Completed: {Readers} sent", sent.Output, StringComparison.Ordinal);
        Assert.Equal(Readers, _server.MessageCount);
        Assert.Equal(Readers, _server.Messages.Select(message => message.Recipient).Distinct().Count());

        var gone = _server.Messages[77];
        var link = new Uri(OneClick().Match(gone.Message.Headers["List-Unsubscribe"]!).Value);
        using var oneClick = new StringContent("List-Unsubscribe=One-Click", null, "application/x-www-form-urlencoded");
        using var stranger = new HttpClient();
        Assert.Equal(HttpStatusCode.OK, (await stranger.PostAsync(link, oneClick)).StatusCode);

        var april = Path.Combine(_app.Directory, "april.md");
        await File.WriteAllTextAsync(april, """
            # CordisPulse: April 2022

            Welcome to the next edition.

            ## Criminal Justice

            ### Reports

            #### [National Crime Agency. A report on examples](https://example.org/report)

            The report counts examples and says what they cost.
            """);
        await RunAsync("edition", "import", april, "--publish");
        await RunAsync("mailing", "send", "2022-04", "--wait");

        var aprils = _server.Messages.Skip(Readers).Select(message => message.Recipient).ToList();
        Assert.Equal(Readers - 1, aprils.Count);
        Assert.DoesNotContain(gone.Recipient, aprils);
        var status = await RunAsync("mailing", "status", "2022-04", "--json");
        Assert.Equal(Readers - 1, JsonDocument.Parse(status.Output).RootElement.GetProperty("deliveries").GetProperty("sent").GetInt32());
        Assert.DoesNotContain("@example.org", _app.Log, StringComparison.Ordinal);
    }

    private async Task<CommandResult> RunAsync(params string[] arguments)
    {
        var result = await PulseCommand.RunAsync(_app, arguments);
        Assert.True(result.ExitCode == 0, $"{string.Join(' ', arguments)}: {result.Output}\n{result.Error}");
        return result;
    }

    [GeneratedRegex("(?<=<)https?://[^>]+(?=>)")]
    private static partial Regex OneClick();
}
