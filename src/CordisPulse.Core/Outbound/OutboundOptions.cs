namespace CordisPulse.Core.Outbound;

/// <summary>What this program fetches from other sites by itself: pages of pasted links, feeds, whether the links of editions answer.</summary>
public sealed class OutboundOptions
{
    public const string Section = "Outbound";

    /// <summary>Also fetch from this machine and private networks: for an intranet whose pages are to be read, and for tests.</summary>
    public bool AllowPrivateAddresses { get; set; }

    /// <summary>Look by itself whether the links of editions answer; off on a server that has no way to other sites.</summary>
    public bool LookAtLinks { get; set; } = true;

    /// <summary>Published links that a node looks at in a minute, while <see cref="LookAtLinks"/>; 0 for none.</summary>
    public int WatchedPerMinute { get; set; } = 10;

    /// <summary>For one page with all its redirects.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Between two visits to one site, of whatever node.</summary>
    public TimeSpan HostPause { get; set; } = TimeSpan.FromSeconds(1);
}
