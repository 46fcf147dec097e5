using System.Globalization;
using System.Text;
using CordisPulse.Core;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Hosting;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Mailings;
using CordisPulse.Core.Mailings.Sending;
using CordisPulse.Core.Site;
using Microsoft.Extensions.Options;

namespace CordisPulse.Web.Commands;

/// <summary>Makes a command a node that sends, and shows how far the mailing is: a bar on a terminal, a line whenever something has changed elsewhere.</summary>
internal static class MailingWatch
{
    private const int BarWidth = 30;
    private const int LongestAnswer = 60;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(5);

    /// <summary>Returns when the mailing is completed.</summary>
    /// <exception cref="RefusedException">It can't go on here, or did not come to its end: interrupted, cancelled, or waiting for a person.</exception>
    public static async Task RunAsync(IServiceProvider services, EditionMonth month, CancellationToken cancellationToken)
    {
        var page = services.GetRequiredService<PublicAddress>().Links.To($"editor/editions/{month}/mailing");
        await RefuseUnlessItGoesOnAsync(services, month, page, cancellationToken);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sending = services.GetRequiredService<MailingLoop>().RunAsync(ended.Token);
        MailingProgress last;
        try
        {
            last = await WatchAsync(services, month, cancellationToken);
        }
        finally
        {
            await ended.CancelAsync();
            await sending;
        }

        if (last.State == MailingState.Cancelled)
            throw new RefusedException($"The mailing was cancelled; {Describe(last.Counts)}.");
        if (cancellationToken.IsCancellationRequested)
            throw new RefusedException($"Interrupted; {Describe(last.Counts)}. The mailing goes on where it is with the next node that runs: this command again, or the server.");
        if (last.WaitsForPerson)
            throw new RefusedException(last.Counts.Uncertain == 1
                ? $"1 delivery is uncertain and waits for a person to decide: {page}"
                : string.Create(CultureInfo.InvariantCulture, $"{last.Counts.Uncertain} deliveries are uncertain and wait for a person to decide: {page}"));
        await Console.Out.WriteLineAsync($"Completed: {Describe(last.Counts)}.");
    }

    private static async Task RefuseUnlessItGoesOnAsync(IServiceProvider services, EditionMonth month, string page, CancellationToken cancellationToken)
    {
        var progress = await services.GetRequiredService<MailingReports>().ProgressAsync(month, cancellationToken)
            ?? throw new RefusedException($"{month.Title} has no mailing.");
        if (progress.State == MailingState.Paused)
            throw new RefusedException($"The mailing is paused, and nothing is sent until it is resumed: {page}");
        var transport = MailingTransport.Of(services.GetRequiredService<IOptions<MailOptions>>().Value);
        if (progress.Transport != transport)
            throw new RefusedException($"The mailing goes by {progress.Transport} and this process sends by {transport}, so it can't send it. Set Mail:Transport and Mail:Smtp as where it was started.");
    }

    private static async Task<MailingProgress> WatchAsync(IServiceProvider services, EditionMonth month, CancellationToken cancellationToken)
    {
        var isTerminal = !Console.IsOutputRedirected;
        var lastLine = -LineEvery;
        (MailingState, DeliveryCounts, DateTime?, DateTime?) said = default;
        var clock = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            // A context that lives for hours would only grow; each look has its own.
            await using var scope = services.CreateAsyncScope();
            var progress = await scope.ServiceProvider.GetRequiredService<MailingReports>().ProgressAsync(month, CancellationToken.None)
                ?? throw new RefusedException($"{month.Title} has no mailing.");
            var isOver = progress.HasEnded || progress.WaitsForPerson || cancellationToken.IsCancellationRequested;
            if (isTerminal)
                await Console.Out.WriteAsync($"\r{Bar(progress)}\u001b[K{(isOver ? "\n" : "")}");
            else if (!isOver && clock.Elapsed - lastLine >= LineEvery
                && (progress.State, progress.Counts, progress.HoldUntilUtc, progress.NextRetryUtc) is var now && now != said)
            {
                (lastLine, said) = (clock.Elapsed, now);
                await Console.Out.WriteLineAsync(Line(progress));
            }

            if (isOver)
                return progress;
            await Task.Delay(LookEvery, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static string Bar(MailingProgress progress)
    {
        var counts = progress.Counts;
        var full = counts.Total == 0 ? 0 : (int)((long)BarWidth * counts.Settled / counts.Total);
        return new StringBuilder()
            .Append('[').Append('#', full).Append('.', BarWidth - full).Append("] ")
            .Append(Line(progress))
            .ToString();
    }

    private static string Line(MailingProgress progress)
    {
        var counts = progress.Counts;
        var line = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"{counts.Settled} of {counts.Total}: {Describe(counts)}"));
        if (progress.State == MailingState.Paused)
            line.Append("; paused").Append(progress.Notice is null ? "" : ". ").Append(progress.Notice);
        else if (progress.HoldUntilUtc is { } until)
            line.Append("; waits until ").Append(UkTime.Second(until)).Append(". ").Append(progress.Notice);
        else if (progress.IsWaiting)
            line.Append("; only colleagues until ").Append(UkTime.Second(progress.WaitUntilUtc));
        else if (progress.NextRetryUtc is { } next && counts is { Pending: 0, Attempting: 0, Deferred: > 0 })
            line.Append("; next try on ").Append(UkTime.Second(next));
        else if (progress.PerSecond > 0)
            line.Append(CultureInfo.InvariantCulture, $"; {progress.PerSecond:0.#} a second");
        if (progress.TimeLeft is { } left)
            line.Append(CultureInfo.InvariantCulture, $", about {left:h\\:mm\\:ss} left");
        if (progress is { LatestAnswer: { } answer, HasEnded: false })
            line.Append("; the server: ").Append(ShortText.Of(AddressMask.In(answer.ToString().ReplaceLineEndings(" ")), LongestAnswer));
        return line.ToString();
    }

    private static string Describe(DeliveryCounts counts) => string.Create(CultureInfo.InvariantCulture,
        $"{counts.Sent} sent, {counts.Failed} failed, {counts.Skipped} skipped, {counts.Pending + counts.Attempting} waiting, {counts.Deferred} retrying, {counts.Uncertain} uncertain");
}
