namespace CordisPulse.Core.Mail.Checks;

/// <summary>What a domain asks receivers to do with mail that only pretends to come from it (RFC 7489).</summary>
public sealed record DmarcReading
{
    /// <summary>The name whose record holds: the domain's own, or that of a domain above it.</summary>
    public string? FoundAt { get; init; }

    /// <summary>Why the DNS could not be asked; null when it could.</summary>
    public string? Trouble { get; init; }

    /// <summary>Why receivers pass over what was found, as a sentence.</summary>
    public string? Problem { get; init; }

    /// <summary><c>none</c>, <c>quarantine</c> or <c>reject</c>; null without a record that receivers can use.</summary>
    public string? Policy { get; init; }

    /// <summary>The signature's domain must be the sender's own, not only belong to the same organisation.</summary>
    public bool IsDkimStrict { get; init; }

    /// <summary>The same of the envelope's domain.</summary>
    public bool IsSpfStrict { get; init; }

    /// <summary>Somebody is sent the receivers' reports.</summary>
    public bool HasReports { get; init; }

    public bool IsUsable => Policy is not null;

    /// <summary>The record of a domain, or of the nearest domain above it that has one, as receivers climb from it.</summary>
    public static async Task<DmarcReading> ReadAsync(DnsLookups dns, string domain, CancellationToken cancellationToken)
    {
        for (var name = domain; name.Contains('.', StringComparison.Ordinal); name = name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..])
        {
            var texts = await dns.TextAsync($"_dmarc.{name}", cancellationToken);
            if (texts.Trouble is not null)
                return new DmarcReading { Trouble = texts.Trouble };
            var records = texts.Records.Where(text => text.TrimStart().StartsWith("v=DMARC1", StringComparison.OrdinalIgnoreCase)).ToList();
            if (records.Count > 0)
                return Read(records, name, isOwn: name == domain);
        }

        return new DmarcReading();
    }

    /// <summary>Whether a domain of the mail belongs to that of its sender, as DMARC has it.</summary>
    public bool IsAligned(string domain, string sender, bool isStrict)
        => domain.Equals(sender, StringComparison.OrdinalIgnoreCase)
            || (!isStrict && (IsUnder(domain, sender) || IsUnder(sender, domain) || (FoundAt is { } organisation && IsUnder(domain, organisation) && IsUnder(sender, organisation))));

    private static bool IsUnder(string domain, string above)
        => domain.Equals(above, StringComparison.OrdinalIgnoreCase) || domain.EndsWith($".{above}", StringComparison.OrdinalIgnoreCase);

    private static DmarcReading Read(List<string> records, string name, bool isOwn)
    {
        if (records.Count > 1)
            return new DmarcReading { FoundAt = name, Problem = $"_dmarc.{name} has more than one DMARC record, and receivers then pass over all of them." };
        var tags = TagList.Read(records[0]);
        var policy = (isOwn ? null : tags?["sp"]) ?? tags?["p"];
        if (policy?.ToLowerInvariant() is not ("none" or "quarantine" or "reject"))
            return new DmarcReading { FoundAt = name, Problem = $"The DMARC record at _dmarc.{name} can't be read: its p must be none, quarantine or reject." };
        return new DmarcReading
        {
            FoundAt = name,
            Policy = policy.ToLowerInvariant(),
            IsDkimStrict = tags!["adkim"] is "s" or "S",
            IsSpfStrict = tags["aspf"] is "s" or "S",
            HasReports = tags["rua"] is { Length: > 0 },
        };
    }
}
