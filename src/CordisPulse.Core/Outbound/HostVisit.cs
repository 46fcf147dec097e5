namespace CordisPulse.Core.Outbound;

/// <summary>When a site may be visited again: one visit at a time over all nodes, and a pause after each.</summary>
public sealed class HostVisit
{
    public int Id { get; set; }

    /// <summary>Host name and port. Unique.</summary>
    public required string Host { get; set; }

    /// <summary>The end of the present visit's lease, or of the pause after it.</summary>
    public DateTime FreeUtc { get; set; }

    /// <summary>Visits begun; also the number of the lease.</summary>
    public int Visits { get; set; }
}
