namespace CordisPulse.Core.Mail.Checks;

public enum DnsOutcome
{
    Found,

    /// <summary>The name is there, a record of this kind is not.</summary>
    NoRecord,

    /// <summary>There is no such name.</summary>
    NoName,

    /// <summary>Nobody knows: no answer, or one that is no use.</summary>
    Failed,
}

/// <summary>What a question to the DNS came to.</summary>
/// <param name="Trouble">Why there is no answer, as the end of a sentence; null unless <see cref="DnsOutcome.Failed"/>.</param>
public sealed record DnsAnswer<T>(DnsOutcome Outcome, IReadOnlyList<T> Records, string? Trouble = null)
{
    public bool IsThere => Outcome == DnsOutcome.Found;

    /// <summary>For certain: a question without an answer is no absence.</summary>
    public bool IsAbsent => Outcome is DnsOutcome.NoRecord or DnsOutcome.NoName;

    public static implicit operator DnsAnswer<T>(DnsFailure failure) => new(DnsOutcome.Failed, [], failure.Trouble);
}

/// <summary>A question that got no answer.</summary>
public sealed record DnsFailure(string Trouble);
