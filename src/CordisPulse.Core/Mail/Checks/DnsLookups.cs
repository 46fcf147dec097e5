using System.Globalization;
using System.Net;
using System.Net.Sockets;
using DnsClient;
using DnsClient.Protocol;
using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Mail.Checks;

/// <summary>Asks the DNS: the servers of this system, or the one that <c>Mail:Check:DnsServer</c> names. Failures are answers, not exceptions.</summary>
public sealed class DnsLookups(IOptions<MailOptions> options)
{
    private const int Tries = 2;

    /// <summary>The letters of all texts at one name; what is longer holds no record of ours and is not worth reading.</summary>
    private const int MostText = 20_000;

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = false };

    private readonly Lazy<LookupClient> _client = new(() => Client(options.Value.Check));

    private TimeSpan Timeout => options.Value.Check.DnsTimeout;

    /// <summary>The TXT records at a name, each with its pieces joined.</summary>
    public async Task<DnsAnswer<string>> TextAsync(string name, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(name, QueryType.TXT, (TxtRecord record) => string.Concat(record.Text), cancellationToken);
        return answer.Records.Sum(text => text.Length) > MostText ? new DnsFailure("the answer is far too long") : answer;
    }

    /// <summary>Names of the servers that take a domain's mail, the first choice first; <c>.</c> is the null MX of RFC 7505.</summary>
    public async Task<DnsAnswer<string>> MailServersAsync(string domain, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(domain, QueryType.MX, (MxRecord record) => (record.Preference, Name: record.Exchange.Value), cancellationToken);
        return new DnsAnswer<string>(answer.Outcome, [.. answer.Records.OrderBy(server => server.Preference).Select(server => server.Name)], answer.Trouble);
    }

    /// <summary>IPv4 and IPv6. Either that is found is enough; both must be absent for none to be there.</summary>
    public async Task<DnsAnswer<IPAddress>> AddressesAsync(string name, CancellationToken cancellationToken)
    {
        var four = await AskAsync(name, QueryType.A, (ARecord record) => record.Address, cancellationToken);
        if (four.Outcome is DnsOutcome.NoName)
            return four;
        var six = await AskAsync(name, QueryType.AAAA, (AaaaRecord record) => record.Address, cancellationToken);
        return four.IsThere || six.IsThere
            ? new DnsAnswer<IPAddress>(DnsOutcome.Found, [.. four.Records, .. six.Records])
            : four.Outcome == DnsOutcome.Failed ? four : six;
    }

    /// <summary>The reverse names of an address, without the final dot.</summary>
    public Task<DnsAnswer<string>> NamesAsync(IPAddress address, CancellationToken cancellationToken)
        => AskAsync(ReverseName(address), QueryType.PTR, (PtrRecord record) => record.PtrDomainName.Value.TrimEnd('.'), cancellationToken);

    private async Task<DnsAnswer<TResult>> AskAsync<TRecord, TResult>(
        string name, QueryType type, Func<TRecord, TResult> read, CancellationToken cancellationToken)
        where TRecord : DnsResourceRecord
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // The library's own limit is for each try at each server.
        limit.CancelAfter(Timeout * (Tries + 1));
        try
        {
            var answer = await _client.Value.QueryAsync(Ascii(name.TrimEnd('.')), type, cancellationToken: limit.Token).WaitAsync(limit.Token);
            var records = answer.Answers.OfType<TRecord>().Select(read).ToList();
            return answer.Header.ResponseCode switch
            {
                DnsHeaderResponseCode.NoError when records.Count > 0 => new DnsAnswer<TResult>(DnsOutcome.Found, records),
                DnsHeaderResponseCode.NoError when answer.Header.ResultTruncated => new DnsFailure("the answer came cut short"),
                DnsHeaderResponseCode.NoError => new DnsAnswer<TResult>(DnsOutcome.NoRecord, []),
                DnsHeaderResponseCode.NotExistentDomain => new DnsAnswer<TResult>(DnsOutcome.NoName, []),
                DnsHeaderResponseCode.ServerFailure => new DnsFailure("the DNS server could not find out (SERVFAIL)"),
                DnsHeaderResponseCode.Refused => new DnsFailure("the DNS server refused to answer (REFUSED)"),
                _ => new DnsFailure("the DNS server did not understand the question"),
            };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e) when (e is OperationCanceledException or DnsResponseException { Code: DnsResponseCode.ConnectionTimeout })
        {
            return new DnsFailure("the DNS server did not answer in time");
        }
        catch (ArgumentException)
        {
            return new DnsFailure("it is no name that the DNS could hold");
        }
        // What a hostile answer, or a machine without a DNS server, makes the library throw is open-ended.
        catch (Exception)
        {
            return new DnsFailure("the DNS server could not be asked, or its answer makes no sense");
        }
    }

    /// <exception cref="ArgumentException">It is no name. The library would take what stands before an empty label for the whole.</exception>
    private static string Ascii(string name) => name.Split('.').Contains("")
        ? throw new ArgumentException("A label is empty.", nameof(name))
        : System.Text.Ascii.IsValid(name) ? name : Idn.GetAscii(name);

    private static string ReverseName(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6
        ? string.Concat(Convert.ToHexStringLower(address.GetAddressBytes()).Reverse().Select(digit => $"{digit}.")) + "ip6.arpa"
        : string.Join('.', address.GetAddressBytes().Reverse()) + ".in-addr.arpa";

    private static LookupClient Client(MailCheckOptions options)
    {
        var settings = MailCheckOptions.TryReadServer(options.DnsServer, out var server) ? new LookupClientOptions(server) : new LookupClientOptions();
        settings.Timeout = options.DnsTimeout;
        settings.Retries = Tries - 1;
        settings.UseCache = false;
        settings.ThrowDnsErrors = false;
        settings.ContinueOnDnsError = false;
        settings.ContinueOnEmptyResponse = false;
        return new LookupClient(settings);
    }
}
