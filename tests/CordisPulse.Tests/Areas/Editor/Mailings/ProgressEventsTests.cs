using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using CordisPulse.Core.Accounts;
using CordisPulse.Tests.Mail;
using CordisPulse.Tests.Mailings;
using CordisPulse.Web.Areas.Editor.Mailings;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Areas.Editor.Mailings;

public sealed class ProgressEventsTests
{
    private const string Events = "/editor/editions/2030-03/mailing/events";

    [Fact]
    public async Task Watchers_are_told_until_the_mailing_ends()
    {
        await using var lab = new MailingLab().With("Mail:MaxConnections", "1");
        var gate = new TaskCompletionSource();
        lab.Server.On(SmtpStage.EndOfData, SmtpReaction.HoldUntil(gate.Task), times: 1);
        var node = lab.StartNode();
        await MailingLab.SeedAsync(node, 3);
        using var publisher = await node.SignInAsync(Roles.Publisher);
        Assert.Equal(HttpStatusCode.NotFound, (await publisher.GetAsync(Events)).Status);
        await MailingLab.StartAsync(node);
        using var answer = await publisher.Http.GetAsync(Events, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(("text/event-stream", "no"), (answer.Content.Headers.ContentType?.MediaType, answer.Headers.GetValues("X-Accel-Buffering").Single()));
        await using var stream = await answer.Content.ReadAsStreamAsync();

        var news = new List<ProgressNews>();
        using var late = new CancellationTokenSource(MailingLab.Soon);
        await foreach (var item in Parse(stream).EnumerateAsync(late.Token))
        {
            news.Add(item.Data);
            gate.TrySetResult();
        }

        Assert.False(news[0].HasEnded);
        Assert.True(news[^1].HasEnded);
        Assert.Contains("<dd id=\"sent\">3</dd>", news[^1].Progress, StringComparison.Ordinal);
        Assert.StartsWith("<div id=\"progress\"", news[^1].Progress.Trim(), StringComparison.Ordinal);
        Assert.Contains("id=\"latest-answer\"", news[^1].Progress, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_is_disabled_hears_no_more()
    {
        await using var lab = new MailingLab();
        var node = lab.StartNode();
        await MailingLab.SeedAsync(node, 1);
        using var publisher = await node.SignInAsync(Roles.Publisher);
        await MailingLab.StartAsync(node);
        await MailingLab.ControlAsync(node, control => control.PauseAsync(MailingLab.Month));
        using var answer = await publisher.Http.GetAsync(Events, HttpCompletionOption.ResponseHeadersRead);
        await using var stream = await answer.Content.ReadAsStreamAsync();

        using var late = new CancellationTokenSource(MailingLab.Soon);
        var heard = 0;
        await foreach (var item in Parse(stream).EnumerateAsync(late.Token))
            if (++heard == 1)
                await node.QueryAsync(db => db.Users.ExecuteUpdateAsync(row => row.SetProperty(account => account.LockoutEnd, Account.Never)));

        Assert.True(heard > 0);
    }

    private static SseParser<ProgressNews> Parse(Stream stream)
        => SseParser.Create(stream, (_, data) => JsonSerializer.Deserialize<ProgressNews>(data, JsonSerializerOptions.Web)!);
}
