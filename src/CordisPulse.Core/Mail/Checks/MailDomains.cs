using Microsoft.Extensions.Caching.Memory;

namespace CordisPulse.Core.Mail.Checks;

public enum TakesMail
{
    Yes,

    /// <summary>For certain: there is no such domain, nothing at it takes mail, or it says that it takes none (RFC 7505).</summary>
    No,

    /// <summary>The DNS did not say.</summary>
    Unknown,
}

/// <summary>
/// Whether mail can be sent to a domain: it has an MX record or, without one, an address (RFC 5321 section 5.1). Answers are kept in memory
/// for a while, and only so many questions are asked at once.
/// </summary>
public sealed class MailDomains(DnsLookups dns) : IDisposable
{
    private const int MostAtOnce = 16;
    private const int MostKept = 50_000;

    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(1);

    /// <summary>What failed may be well again soon; but a list of a thousand addresses must not wait for it a thousand times.</summary>
    private static readonly TimeSpan FailureKeptFor = TimeSpan.FromMinutes(1);

    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = MostKept });
    private readonly SemaphoreSlim _slots = new(MostAtOnce);

    /// <param name="domain">What stands behind the @ of an address, of whatever kind.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<TakesMail> TakesMailAsync(string domain, CancellationToken cancellationToken = default)
    {
        var key = domain.TrimEnd('.').ToLowerInvariant();
        if (_kept.TryGetValue(key, out TakesMail kept))
            return kept;
        await _slots.WaitAsync(cancellationToken);
        try
        {
            // Another may have asked while this one waited.
            if (_kept.TryGetValue(key, out kept))
                return kept;
            var found = await AskAsync(key, cancellationToken);
            return _kept.Set(key, found, new MemoryCacheEntryOptions
            {
                Size = 1,
                AbsoluteExpirationRelativeToNow = found == TakesMail.Unknown ? FailureKeptFor : KeptFor,
            });
        }
        finally
        {
            _slots.Release();
        }
    }

    /// <summary>The same of many domains, all of which are in the answer: those that could not be looked up within <paramref name="longest"/> are unknown.</summary>
    public async Task<IReadOnlyDictionary<string, TakesMail>> TakeMailAsync(
        IEnumerable<string> domains, TimeSpan longest, CancellationToken cancellationToken = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(longest);
        var answers = domains.Distinct(StringComparer.OrdinalIgnoreCase).ToDictionary(domain => domain, _ => TakesMail.Unknown, StringComparer.OrdinalIgnoreCase);
        var found = new System.Collections.Concurrent.ConcurrentDictionary<string, TakesMail>();
        try
        {
            await Parallel.ForEachAsync(answers.Keys, new ParallelOptions { MaxDegreeOfParallelism = MostAtOnce, CancellationToken = limit.Token },
                async (domain, stop) => found[domain] = await TakesMailAsync(domain, stop));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The time is up; what is known by now is the answer.
        }

        foreach (var (domain, answer) in found)
            answers[domain] = answer;
        return answers;
    }

    public void Dispose()
    {
        _kept.Dispose();
        _slots.Dispose();
    }

    private async Task<TakesMail> AskAsync(string domain, CancellationToken cancellationToken)
    {
        // An address in brackets stands for itself, and nothing is known of it.
        if (domain.Length == 0 || domain[0] == '[')
            return TakesMail.Unknown;
        var servers = await dns.MailServersAsync(domain, cancellationToken);
        if (servers.IsThere)
            return servers.Records.Any(server => server != ".") ? TakesMail.Yes : TakesMail.No;
        if (servers.Outcome != DnsOutcome.NoRecord)
            return servers.Outcome == DnsOutcome.NoName ? TakesMail.No : TakesMail.Unknown;
        var addresses = await dns.AddressesAsync(domain, cancellationToken);
        return addresses.IsThere ? TakesMail.Yes : addresses.IsAbsent ? TakesMail.No : TakesMail.Unknown;
    }
}
