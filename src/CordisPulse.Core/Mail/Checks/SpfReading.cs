namespace CordisPulse.Core.Mail.Checks;

public enum SpfResult
{
    Pass,
    Fail,
    SoftFail,
    Neutral,

    /// <summary>Nothing is said of the address, or what is said could not be followed.</summary>
    Unknown,
}

/// <summary>What the SPF record of a domain says (RFC 7208).</summary>
public sealed record SpfReading
{
    /// <summary>The records found; there must be one.</summary>
    public required IReadOnlyList<string> Records { get; init; }

    /// <summary>Why the DNS could not be asked; null when it could.</summary>
    public string? Trouble { get; init; }

    /// <summary>Questions that a receiver may have to ask, of which 10 are allowed.</summary>
    public int Lookups { get; init; }

    /// <summary>Sentences about what keeps receivers from using the record.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>What becomes of an address that nothing names; null when the record does not say.</summary>
    public SpfResult? Others { get; init; }

    /// <summary>What it says of the address that was asked about.</summary>
    public SpfResult Sender { get; init; } = SpfResult.Unknown;

    /// <summary>One record that receivers can use.</summary>
    public bool IsUsable => Records.Count == 1 && Problems.Count == 0;
}
