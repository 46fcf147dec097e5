using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Core.Subscriptions.Lists;

/// <summary>Which of some hundred domains take no mail for certain.</summary>
public delegate Task<IReadOnlyCollection<string>> DomainsWithoutMail(IReadOnlyCollection<string> domains, CancellationToken cancellationToken);

/// <summary>Reads a waiting list to its end and finds out what importing it would do. Nothing is changed but the preview.</summary>
public sealed class ListLooking(IServiceScopeFactory scopes, IDbContextFactory<PulseDbContext> contexts, ListParts parts, DomainsWithoutMail withoutMail)
{
    private const int AtOnce = 500;

    /// <summary>The domains of most people are asked about; a list of strangers' domains is not worth a question each.</summary>
    private const int MostDomainsAsked = 300;

    /// <summary>A list with more domains than people is no list of people; the rest is not counted.</summary>
    private const int MostDomains = 100_000;

    public async Task<ListPreview> LookAsync(ListImport import, CancellationToken cancellationToken)
    {
        var counts = new Counts();
        try
        {
            await CountAsync(import, counts, cancellationToken);
        }
        catch (RefusedException e)
        {
            return counts.ToPreview([]) with { Problem = e.Message };
        }

        var asked = counts.Domains.OrderByDescending(domain => domain.Value).Take(MostDomainsAsked).Select(domain => domain.Key).ToList();
        return counts.ToPreview(await withoutMail(asked, cancellationToken));
    }

    private async Task CountAsync(ListImport import, Counts counts, CancellationToken cancellationToken)
    {
        if (import.ColumnsRead.Email is null)
            throw new RefusedException("Choose the column that holds the e-mail addresses.");
        ListReader reader;
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
            reader = new ListReader(import.ColumnsRead, await SectorNames.ReadAsync(db, cancellationToken), import.MendedDomains);
        var first = ListImports.FirstRows(parts, import, ListColumns.RowsLookedAt);
        var doubts = new ColumnDoubts(import.ColumnsRead, first);
        counts.Above = import.ColumnsRead.Above(first);
        using var file = parts.Read(import.Id, import.Sheet);
        foreach (var rows in reader.Read(doubts.Watch(ListRows.Read(file, import.Format))).Chunk(AtOnce))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var people = rows.Where(row => row.Person is not null).ToList();
            var emails = people.Select(row => row.Person!.Address.Normalized).Distinct().ToList();
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<PulseDbContext>();
            var suppressed = await scope.ServiceProvider.GetRequiredService<SuppressionList>().AmongAsync(emails, cancellationToken);
            var known = await db.Subscribers
                .Where(row => emails.Contains(row.NormalizedEmail!))
                .Select(row => new { row.NormalizedEmail, row.Status })
                .ToDictionaryAsync(row => row.NormalizedEmail!, row => row.Status, cancellationToken);
            foreach (var row in rows)
                counts.Count(row, suppressed, email => known.TryGetValue(email, out var status) ? status : null);
        }

        counts.Doubtful = doubts.Found();
        if (counts.Rows == 0)
            throw new RefusedException("The list holds no row of a person.");
    }

    private sealed class Counts
    {
        private readonly List<ListProblem> _rejected = [];
        private readonly List<ListProblem> _suppressedLines = [];
        private readonly List<ListProblem> _lookAlikes = [];
        private readonly Dictionary<string, string?> _meant = new(StringComparer.Ordinal);

        /// <summary>Hashes, since the addresses of a million would not be little.</summary>
        private readonly HashSet<long> _seen = [];

        private int _added;
        private int _alreadyThere;
        private int _suppressed;
        private int _rejectedCount;

        public int Rows { get; private set; }

        public LineRange? Above { get; set; }

        public IReadOnlyList<DoubtfulColumn> Doubtful { get; set; } = [];

        public Dictionary<string, int> Domains { get; } = new(StringComparer.Ordinal);

        public void Count(ListedPerson row, Dictionary<string, SuppressionReason> suppressed, Func<string, SubscriberStatus?> statusOf)
        {
            Rows++;
            if (row.Person is not { Address: var address })
            {
                _rejectedCount++;
                if (_rejected.Count < ListPreview.MostListed)
                    _rejected.Add(new ListProblem(row.Line, row.Problem!, row.Written));
                return;
            }

            var email = address.Normalized;
            var status = statusOf(email);
            if (suppressed.ContainsKey(email) || status is SubscriberStatus.Unsubscribed or SubscriberStatus.Suppressed)
            {
                _suppressed++;
                if (_suppressedLines.Count < ListPreview.MostListed)
                    _suppressedLines.Add(new ListProblem(row.Line, ListWords.StaysOff(SuppressionList.ReasonOf(email, suppressed, status)), address.Address));
            }
            else if (status == SubscriberStatus.Active || !_seen.Add(HashOf(email)))
                _alreadyThere++;
            else
            {
                _added++;
                Wonder(row.Line, address);
            }
        }

        public ListPreview ToPreview(IReadOnlyCollection<string> withoutMail) => new()
        {
            Rows = Rows,
            Above = Above,
            Doubtful = Doubtful,
            Added = _added,
            AlreadyThere = _alreadyThere,
            Suppressed = _suppressed,
            Rejected = _rejectedCount,
            RejectedLines = _rejected,
            SuppressedLines = _suppressedLines,
            LookAlikes = _lookAlikes,
            Misspelt = [.. _meant.Where(pair => pair.Value is not null).Select(pair => new MisspeltDomain(pair.Key, pair.Value!, Domains[pair.Key]))
                .OrderByDescending(one => one.People).ThenBy(one => one.Domain, StringComparer.Ordinal).Take(ListPreview.MostListed)],
            WithoutMail = [.. withoutMail.Where(Domains.ContainsKey).Select(domain => new DomainCount(domain, Domains[domain]))
                .OrderByDescending(one => one.People).ThenBy(one => one.Domain, StringComparer.Ordinal).Take(ListPreview.MostListed)],
        };

        private void Wonder(int line, EmailAddress address)
        {
            var domain = address.Normalized[(address.Normalized.LastIndexOf('@') + 1)..];
            if (Domains.TryGetValue(domain, out var people))
                Domains[domain] = people + 1;
            else if (Domains.Count < MostDomains)
            {
                Domains[domain] = 1;
                _meant[domain] = MisspeltDomains.Suggest(address) is { } meant ? meant[(meant.LastIndexOf('@') + 1)..] : null;
            }

            if (_lookAlikes.Count < ListPreview.MostListed && LookAlikes.Warning(address) is { } warning)
                _lookAlikes.Add(new ListProblem(line, warning));
        }

        private static long HashOf(string email)
        {
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(MemoryMarshal.AsBytes(email.AsSpan()), hash);
            return BinaryPrimitives.ReadInt64LittleEndian(hash);
        }
    }
}
