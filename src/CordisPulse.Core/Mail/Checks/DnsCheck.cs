using System.Globalization;
using System.Net;

namespace CordisPulse.Core.Mail.Checks;

/// <summary>What the DNS says of the domains that our mail names, and what it should say.</summary>
internal sealed class DnsCheck(DnsLookups dns, MailDomains domains, MailOptions options, IPAddress? sender)
{
    /// <summary>Relays by the end of their host's name, and what their customers put into the SPF record.</summary>
    private static readonly (string Host, string Term)[] KnownRelays =
    [
        ("office365.com", "include:spf.protection.outlook.com"),
        ("protection.outlook.com", "include:spf.protection.outlook.com"),
        ("smtp.gmail.com", "include:_spf.google.com"),
        ("smtp-relay.gmail.com", "include:_spf.google.com"),
        ("amazonaws.com", "include:amazonses.com"),
        ("sendgrid.net", "include:sendgrid.net"),
        ("mailgun.org", "include:mailgun.org"),
        ("mtasv.net", "include:spf.mtasv.net"),
    ];

    public List<MailFinding> Findings { get; } = [];

    public async Task<bool?> TakesMailAsync(string domain, string settings, CancellationToken cancellationToken)
    {
        var takes = await domains.TakesMailAsync(domain, cancellationToken);
        Findings.Add(takes switch
        {
            TakesMail.Yes => new("takes-mail", MailGrade.Ok, $"{domain} ({settings}) takes mail."),
            TakesMail.No => new("takes-mail", MailGrade.Wrong,
                $"{domain} ({settings}) takes no mail: answers and bounces can't come back, and many receivers refuse mail from such a domain. Name the server that takes its mail.",
                new DnsRecord($"{domain}.", "MX", "10 YOUR-MAIL-SERVER.")),
            _ => new("takes-mail", MailGrade.Look, $"Whether {domain} ({settings}) takes mail could not be found out: the DNS gave no answer."),
        });
        return takes == TakesMail.Unknown ? null : takes == TakesMail.Yes;
    }

    /// <returns>Whether mail from the relay passes; null when that can't be known.</returns>
    public async Task<bool?> SpfAsync(string domain, CancellationToken cancellationToken)
    {
        var spf = await SpfReader.ReadAsync(dns, domain, sender, cancellationToken);
        if (spf.Trouble is { } trouble)
            return Add<bool?>(null, "spf", MailGrade.Look, $"The SPF record of {domain} could not be looked up: {trouble}.");
        if (spf.Records.Count != 1)
            return Add<bool?>(false, "spf", MailGrade.Wrong, spf.Records.Count == 0
                ? $"{domain} has no SPF record: receivers can't tell who may send for it. Put in one that names whoever sends your mail."
                : $"{domain} has {spf.Records.Count} SPF records, and receivers then pass over all of them. Make one of them, such as this.",
                DnsRecord.Text(domain, spf.Records.Count == 0 ? string.Join(' ', ((string[])["v=spf1", "mx", RelayTerm, "~all"]).Where(word => word.Length > 0)) : Joined(spf.Records)));
        foreach (var problem in spf.Problems)
            Add(0, "spf", MailGrade.Wrong, $"The SPF record of {domain} can't be used. {problem}");
        if (spf.Others == SpfResult.Pass)
            Add(0, "spf", MailGrade.Look, $"The SPF record of {domain} ends with +all: it lets anybody in the world send for it. End it with ~all or -all.");
        else if (spf.Others is null && spf.Problems.Count == 0)
            Add(0, "spf", MailGrade.Look, $"The SPF record of {domain} does not end with ~all or -all: it says nothing of those whom it does not name.");
        if (spf.Problems.Count > 0)
            return false;
        return sender is null
            ? Add<bool?>(null, "spf", MailGrade.Ok, string.Create(CultureInfo.InvariantCulture,
                $"{domain} has one SPF record, for which receivers ask the DNS {spf.Lookups} {(spf.Lookups == 1 ? "time" : "times")} (10 are allowed). Whether it names the address that the mail server sends from is not known here: --sends-from ADDRESS looks."))
            : spf.Sender switch
            {
                SpfResult.Pass => Add<bool?>(true, "spf", MailGrade.Ok, $"The SPF record of {domain} lets {sender} send."),
                SpfResult.Unknown => Add<bool?>(null, "spf", MailGrade.Look, $"Whether the SPF record of {domain} lets {sender} send could not be found out."),
                _ => Add<bool?>(false, "spf", MailGrade.Wrong, $"The SPF record of {domain} does not let {sender} send. Add it.", DnsRecord.Text(domain, WithSender(spf.Records[0]))),
            };
    }

    /// <returns>Whether the signature of the key holds for receivers; null when that can't be known.</returns>
    public async Task<bool?> DkimAsync(DkimPublicKey key, SentSpecimen specimen, CancellationToken cancellationToken)
    {
        var record = DnsRecord.Text(key.RecordName, key.RecordText);
        if (!specimen.Holds(key, key.RecordText))
            return Add(false, "dkim", MailGrade.Wrong, $"The signature that is made with the key {key.Selector} of {key.Domain} does not hold.");
        var texts = await dns.TextAsync(key.RecordName, cancellationToken);
        if (texts.Trouble is { } trouble)
            return Add<bool?>(null, "dkim", MailGrade.Look, $"The signature with the key {key.Selector} holds, but the key at {key.RecordName} could not be looked up: {trouble}.", record);
        if (texts.Records.Count == 0)
            return Add(false, "dkim", MailGrade.Wrong, $"There is no key at {key.RecordName}: our signature counts for nothing. Put it in.", record);
        if (texts.Records.Count > 1)
            return Add(false, "dkim", MailGrade.Wrong, $"There is more than one text at {key.RecordName}, and receivers may take any of them. Leave this one.", record);
        var tags = TagList.Read(texts.Records[0]);
        if (tags?["p"] is null)
            return Add(false, "dkim", MailGrade.Wrong, $"What stands at {key.RecordName} is no key: “{DnsText.Of(texts.Records[0])}”. Put this in its place.", record);
        if (tags["p"] is "")
            return Add(false, "dkim", MailGrade.Wrong, $"The key at {key.RecordName} is withdrawn (its p is empty). Put this in its place, or use another selector.", record);
        if (tags["p"] != key.Key || !specimen.Holds(key, texts.Records[0]))
            return Add(false, "dkim", MailGrade.Wrong, $"The key at {key.RecordName} is not the one that we sign with. Put this in its place, or set the private key that belongs to it.", record);
        if (!Allows(tags["h"], "sha256") || !Allows(tags["s"], "email"))
            return Add(false, "dkim", MailGrade.Wrong, $"The key at {key.RecordName} does not allow such a signature as ours (its h or s). Put this in its place.", record);
        if (tags["t"]?.Split(':').Contains("y") == true)
            Add(0, "dkim", MailGrade.Look, $"The key at {key.RecordName} says that it is being tested (t=y): receivers then do as if there were no signature. Take t=y out.", record);
        if (key is { Algorithm: "rsa", Bits: < 2048 })
            Add(0, "dkim", MailGrade.Look, string.Create(CultureInfo.InvariantCulture, $"The key {key.Selector} has {key.Bits} bits; make one of 2048."));
        return Add(true, "dkim", MailGrade.Ok, $"The signature with the key {key.Selector} of {key.Domain} ({key.Algorithm}) holds by the key at {key.RecordName}.");
    }

    public async Task<DmarcReading> DmarcAsync(string domain, CancellationToken cancellationToken)
    {
        var dmarc = await DmarcReading.ReadAsync(dns, domain, cancellationToken);
        var record = DnsRecord.Text($"_dmarc.{dmarc.FoundAt ?? domain}", $"v=DMARC1; p=none; rua=mailto:dmarc@{dmarc.FoundAt ?? domain}");
        Findings.Add(dmarc switch
        {
            { Trouble: { } trouble } => new("dmarc", MailGrade.Look, $"The DMARC record of {domain} could not be looked up: {trouble}."),
            { Problem: { } problem } => new("dmarc", MailGrade.Wrong, $"{problem} Put this in its place.", record),
            { IsUsable: false } => new("dmarc", MailGrade.Wrong,
                $"{domain} has no DMARC record, which Gmail, Yahoo and Microsoft ask of whoever sends to many. Put in one; rua names a mailbox for the receivers' reports.", record),
            _ => new("dmarc", MailGrade.Ok, $"DMARC: _dmarc.{dmarc.FoundAt} asks receivers for {dmarc.Policy}{(dmarc.HasReports ? "" : ", and for no reports (rua)")}."),
        });
        return dmarc;
    }

    /// <summary>The name that an address leads back to, and whether that name leads to the address.</summary>
    /// <param name="address">The sending address, or the mail server's.</param>
    /// <param name="isCertain">It is the address that receivers will see.</param>
    /// <param name="cancellationToken">Ends the looking.</param>
    /// <returns>Null when that can't be known.</returns>
    public async Task<bool?> ReverseNameAsync(IPAddress address, bool isCertain, CancellationToken cancellationToken)
    {
        var names = await dns.NamesAsync(address, cancellationToken);
        foreach (var name in names.Records.Take(5))
        {
            if ((await dns.AddressesAsync(name, cancellationToken)).Records.Contains(address))
                return Add(true, "reverse-name", MailGrade.Ok, $"{address} has the reverse name {DnsText.Of(name)}, which leads back to it.");
        }

        if (names.Trouble is { } trouble)
            return Add<bool?>(null, "reverse-name", MailGrade.Look, $"The reverse name of {address} could not be looked up: {trouble}.");
        var found = names.Records.Count == 0 ? "has no reverse name" : $"has the reverse name {DnsText.Of(names.Records[0])}, which does not lead back to it";
        return isCertain
            ? Add<bool?>(false, "reverse-name", MailGrade.Wrong, $"{address} {found}: Gmail and others refuse mail from such an address. Whoever gives you the address puts it in.")
            : Add<bool?>(null, "reverse-name", MailGrade.Look, $"{address}, where the mail server is, {found}. It need not be the address that it sends from: --sends-from ADDRESS looks at that one.");
    }

    private string RelayTerm
        => sender is not null ? SenderTerm
            : options is not { Transport: MailTransportKind.Smtp, Smtp: { Host: { } host, IsLoopback: false } } ? ""
            : Array.Find(KnownRelays, relay => host.EndsWith(relay.Host, StringComparison.OrdinalIgnoreCase)).Term
                ?? (IPAddress.TryParse(host, out var address) ? Term(address) : $"a:{host}");

    private string SenderTerm => Term(sender!);

    private static string Term(IPAddress address) => address.GetAddressBytes().Length == 4 ? $"ip4:{address}" : $"ip6:{address}";

    private string WithSender(string record) => $"v=spf1 {SenderTerm}{record["v=spf1".Length..]}";

    /// <summary>The words of several records in one, once each, and the strictest end.</summary>
    private static string Joined(IReadOnlyList<string> records)
    {
        var words = records.SelectMany(record => DnsText.Of(record).Split(' ').Skip(1)).Distinct().ToList();
        var isAll = words.ToLookup(word => SpfTerm.Read(word).Name == "all");
        return string.Join(' ', ["v=spf1", .. isAll[false], isAll[true].Contains("-all") ? "-all" : "~all"]);
    }

    private static bool Allows(string? list, string name) => list is null || list.Split(':').Any(entry => entry == "*" || entry.Equals(name, StringComparison.OrdinalIgnoreCase));

    private T Add<T>(T answer, string kind, MailGrade grade, string message, DnsRecord? record = null)
    {
        Findings.Add(new MailFinding(kind, grade, message, record));
        return answer;
    }
}
