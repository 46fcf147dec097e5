namespace CordisPulse.Core.Mail.Checks;

public enum MailGrade
{
    Ok,

    /// <summary>Works, or can't be known from here: somebody should have a look.</summary>
    Look,

    /// <summary>Mail is refused or held for spam because of it.</summary>
    Wrong,
}

/// <summary>One thing that was looked at.</summary>
/// <param name="Kind">A name that programs can go by, such as <c>spf</c>.</param>
/// <param name="Message">Whole sentences.</param>
/// <param name="Record">What to put into the DNS; null when there is nothing to put.</param>
public sealed record MailFinding(string Kind, MailGrade Grade, string Message, DnsRecord? Record = null);

/// <summary>A record as the forms of DNS providers ask for it.</summary>
/// <param name="Name">The full name, with its final dot.</param>
/// <param name="Value">A TXT value stands in quotes, in pieces of 255 characters at most, as the DNS holds it (RFC 1035 section 3.3).</param>
public sealed record DnsRecord(string Name, string Type, string Value)
{
    private const int LongestPiece = 255;

    public static DnsRecord Text(string name, string text)
        => new($"{name}.", "TXT", string.Join(' ', text.Chunk(LongestPiece).Select(piece => $"\"{new string(piece)}\"")));

    public override string ToString() => $"{Name}  {Type}  {Value}";
}
