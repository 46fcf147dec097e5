using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Data;
using CordisPulse.Core.Mailings;
using CordisPulse.Core.Mailings.Messages;

namespace CordisPulse.Web.Areas.Editor.Mailings;

/// <param name="Progress">The figures as HTML.</param>
/// <param name="Acts">Changes when what can be done does, and the page has to ask for it.</param>
/// <param name="HasEnded">Nothing follows.</param>
public sealed record ProgressNews(string Progress, string Acts, bool HasEnded);

/// <summary>Tells all who watch a mailing how far it is: the database is read once a second for all of them together.</summary>
public sealed class ProgressWatch(IServiceScopeFactory scopes, RenderView render, IHostApplicationLifetime lifetime)
{
    private const string View = "/Areas/Editor/Mailings/_Progress.cshtml";

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    /// <summary>A browser then asks again, with whatever sign-in it has by then.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<MailingName, Reading> _readings = [];

    /// <summary>Until the mailing ends, the program stops, or whoever watches may no longer.</summary>
    public async IAsyncEnumerable<SseItem<ProgressNews>> WatchAsync(MailingName name, int accountId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        stop.CancelAfter(Longest);
        var watcher = new Watcher(accountId);
        Join(name, watcher);
        try
        {
            while (await HasNewsAsync(watcher, stop.Token))
                while (watcher.News.Reader.TryRead(out var news))
                    yield return new SseItem<ProgressNews>(news) { ReconnectionInterval = LookEvery };
        }
        finally
        {
            lock (_lock)
                if (_readings.TryGetValue(name, out var reading))
                    reading.Watchers.Remove(watcher);
        }
    }

    private static async Task<bool> HasNewsAsync(Watcher watcher, CancellationToken stop)
    {
        try
        {
            return await watcher.News.Reader.WaitToReadAsync(stop);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void Join(MailingName name, Watcher watcher)
    {
        lock (_lock)
        {
            if (_readings.TryGetValue(name, out var reading))
            {
                if (reading.Last is { } last)
                    watcher.News.Writer.TryWrite(last);
            }
            else
            {
                _readings[name] = reading = new Reading();
                _ = Task.Run(() => ReadAsync(name, reading));
            }

            reading.Watchers.Add(watcher);
        }
    }

    private async Task ReadAsync(MailingName name, Reading reading)
    {
        while (true)
        {
            try
            {
                var (news, staff) = await LookAsync(name);
                if (!Tell(name, reading, news, staff))
                    return;
            }
            catch (Exception e) when (e.IsDatabaseFailure())
            {
                // It may be back in a moment; the page keeps what it shows.
            }
            catch
            {
                Tell(name, reading, null, []);
                throw;
            }

            await Task.Delay(LookEvery);
        }
    }

    private async Task<(ProgressNews? News, HashSet<int> Staff)> LookAsync(MailingName name)
    {
        await using var scope = scopes.CreateAsyncScope();
        var staff = await ActiveStaff.OfAsync(scope.ServiceProvider.GetRequiredService<PulseDbContext>());
        var page = await scope.ServiceProvider.GetRequiredService<MailingPageReader>().ReadMailingAsync(name, DeliverySearch.Nothing, null, CancellationToken.None);
        return (
            page is { Progress: { } progress } ? new ProgressNews(await render(View, progress), page.ActsVersion, progress.HasEnded) : null,
            [.. staff.Where(member => member.Publishes).Select(member => member.Id)]);
    }

    /// <returns>False when nobody is left to tell, or nothing is left to say.</returns>
    private bool Tell(MailingName name, Reading reading, ProgressNews? news, HashSet<int> staff)
    {
        lock (_lock)
        {
            reading.Last = news;
            var isOver = news is not { HasEnded: false };
            foreach (var watcher in reading.Watchers.ToList())
            {
                var isStaff = staff.Contains(watcher.AccountId);
                if (news is not null && isStaff)
                    watcher.News.Writer.TryWrite(news);
                if (!isOver && isStaff)
                    continue;
                watcher.News.Writer.TryComplete();
                reading.Watchers.Remove(watcher);
            }

            if (reading.Watchers.Count > 0)
                return true;
            _readings.Remove(name);
            return false;
        }
    }

    private sealed class Reading
    {
        public HashSet<Watcher> Watchers { get; } = [];

        public ProgressNews? Last { get; set; }
    }

    private sealed record Watcher(int AccountId)
    {
        public Channel<ProgressNews> News { get; } = Channel.CreateBounded<ProgressNews>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
    }
}
