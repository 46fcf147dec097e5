namespace CordisPulse.Benchmarks;

/// <summary>One of the ways of sending that are set beside smtp-source.</summary>
/// <param name="Share">It sends a message for each so many: what is slow shows as well with fewer.</param>
internal sealed record SendingWay(string Name, int Share = 1)
{
    /// <summary>The folder under which the database lies; null for the system's temporary folder.</summary>
    public string? On { get; init; }

    /// <summary>As <c>Mail:Smtp:Client</c>.</summary>
    public string Client { get; init; } = "Pipelined";

    /// <summary>The keys that each message is signed with.</summary>
    public IReadOnlyList<SigningKey> Keys { get; init; } = [];

    public int Connections { get; init; } = 4;

    public TimeSpan CommitDelay { get; init; }
}
