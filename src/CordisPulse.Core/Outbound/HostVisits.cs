using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Outbound;

/// <summary>A site that this node alone may visit until the lease ends.</summary>
/// <param name="Visits">Visits begun, this one included; also the number of the lease.</param>
public sealed record HostLease(string Host, int Visits);

/// <summary>Sees that only one node at a time visits a site, and none right after another: one row a site, claimed and given back.</summary>
public sealed class HostVisits(IDbContextFactory<PulseDbContext> contexts, IOptions<OutboundOptions> options, TimeProvider time)
{
    /// <summary>Of a name in the DNS (RFC 1035 section 2.3.4), in characters.</summary>
    private const int LongestName = 253;

    /// <summary>After which a site that nobody visits any more is forgotten.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(1);

    /// <summary>Longer than a visit may take: the headers, the page, and a look at another site, each with all its redirects.</summary>
    private TimeSpan Lease => (options.Value.Timeout * 3) + TimeSpan.FromMinutes(1);

    private static readonly TimeSpan LongestRest = TimeSpan.FromDays(1);

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>A site is a host name with its port: who serves another port may be somebody else.</summary>
    public static string HostOf(Uri address)
    {
        var host = address.Host.ToLowerInvariant();
        // Longer than any name in the DNS: it will not be found, and must not break the row.
        return $"{(host.Length <= LongestName ? host : host[..LongestName])}:{address.Port}";
    }

    /// <summary>The sites that can't be visited now.</summary>
    public async Task<IReadOnlySet<string>> BusyAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = Now;
        return await db.HostVisits.Where(visit => visit.FreeUtc > now).Select(visit => visit.Host).ToHashSetAsync(cancellationToken);
    }

    /// <summary>Null while another visit lasts, or the pause after it.</summary>
    public async Task<HostLease?> ClaimAsync(string host, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var (now, end) = (Now, Now + Lease);
        if (await db.HostVisits.Where(visit => visit.Host == host).Select(visit => (int?)visit.Visits).SingleOrDefaultAsync(cancellationToken) is not { } visits)
            return await AddAsync(db, host, now, end, cancellationToken);
        var claimed = await db.HostVisits
            .Where(visit => visit.Host == host && visit.Visits == visits && visit.FreeUtc <= now)
            .ExecuteUpdateAsync(row => row.SetProperty(visit => visit.Visits, visits + 1).SetProperty(visit => visit.FreeUtc, end), cancellationToken);
        return claimed == 1 ? new HostLease(host, visits + 1) : null;
    }

    /// <summary>The visit is over, and the pause begins.</summary>
    public async Task EndAsync(HostLease lease)
    {
        // Given back even while the program stops, so that the next node need not wait for the lease's end.
        await using var db = await contexts.CreateDbContextAsync();
        var free = Now + options.Value.HostPause;
        // Unless the site has asked for longer.
        var leased = Now + Lease;
        await db.HostVisits
            .Where(visit => visit.Host == lease.Host && visit.Visits == lease.Visits && visit.FreeUtc <= leased)
            .ExecuteUpdateAsync(row => row.SetProperty(visit => visit.FreeUtc, free));
    }

    /// <summary>The site asks to be left alone for a while; it is, for a day at most.</summary>
    /// <param name="host">As <see cref="HostOf"/> gives it, while the visit at which it asked still lasts.</param>
    /// <param name="asked">How long.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public async Task RestAsync(string host, TimeSpan asked, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        // Longer than the visit's own lease, by which its end tells that nobody has asked.
        var least = Lease + options.Value.HostPause;
        var free = Now + (asked < least ? least : asked < LongestRest ? asked : LongestRest);
        await db.HostVisits.Where(visit => visit.Host == host && visit.FreeUtc < free).ExecuteUpdateAsync(row => row.SetProperty(visit => visit.FreeUtc, free), cancellationToken);
    }

    private static async Task<HostLease?> AddAsync(PulseDbContext db, string host, DateTime now, DateTime end, CancellationToken cancellationToken)
    {
        var old = now - Remembered;
        await db.HostVisits.Where(visit => visit.FreeUtc < old).ExecuteDeleteAsync(cancellationToken);
        db.Add(new HostVisit { Host = host, FreeUtc = end, Visits = 1 });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return new HostLease(host, 1);
        }
        catch (DbUpdateException e) when (e.IsUniqueViolation("HostVisits", "Host"))
        {
            // Another node was first.
            return null;
        }
    }
}
