using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace CordisPulse.Core.Outbound;

/// <summary>What sites ask of this program in their robots.txt, kept for a day (RFC 9309 section 2.4).</summary>
public sealed class RobotsRules(OutboundClient outbound, TimeProvider time)
{
    /// <summary>More of a file need not be read (section 2.5).</summary>
    private const int MaxBytes = 500 * 1024;

    /// <summary>Sites in memory.</summary>
    private const int Most = 2000;

    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    /// <summary>How long nothing is asked of a site whose file can't be had at the moment.</summary>
    private static readonly TimeSpan KeptWhileOutOfOrder = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <exception cref="OutboundRefusedException">Nobody answers there.</exception>
    public async Task<bool> AllowsAsync(Uri address, CancellationToken cancellationToken)
    {
        var site = $"{address.Scheme}://{HostVisits.HostOf(address)}";
        if (!_known.TryGetValue(site, out var known) || known.UntilUtc <= Now)
        {
            if (_known.Count >= Most)
                _known.Clear();
            _known[site] = known = await ReadAsync(new Uri(address, "/robots.txt"), cancellationToken);
        }

        return known.File.Allows(address.PathAndQuery);
    }

    private async Task<Known> ReadAsync(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await outbound.GetAsync(new OutboundRequest { Address = address, Accept = "text/plain, */*;q=0.1", MaxBytes = MaxBytes, Cuts = true }, cancellationToken);
            return answer.Status switch
            {
                HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => new Known(RobotsFile.AllowsNothing, Now + KeptWhileOutOfOrder),
                HttpStatusCode.OK => new Known(RobotsFile.Parse(TextOf(answer), OutboundClient.Product), Now + Kept),
                // There is none (section 2.3.1.3).
                _ => new Known(RobotsFile.AllowsAll, Now + Kept),
            };
        }
        catch (OutboundRefusedException e) when (e.Failure != OutboundFailure.Unanswered)
        {
            // It redirects without end, or is no file; what it asks for can't be known.
            return new Known(RobotsFile.AllowsAll, Now + Kept);
        }
    }

    /// <summary>UTF-8 (section 2.3); a line that was cut off would say something else.</summary>
    private static string TextOf(OutboundAnswer answer)
    {
        var text = Encoding.UTF8.GetString(answer.Content);
        return answer.IsCut ? text[..(text.LastIndexOfAny(['\r', '\n']) + 1)] : text;
    }

    private sealed record Known(RobotsFile File, DateTime UntilUtc);
}
