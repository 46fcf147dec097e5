using System.Net;
using System.Net.Sockets;

namespace CordisPulse.Core.Outbound;

/// <summary>Tells addresses of the open internet from those that lead back to this machine or into a network around it.</summary>
public static class PublicNetwork
{
    /// <summary>
    /// The special-purpose ranges of the IANA registries for IPv4 and IPv6 (RFC 6890 and its updates): this host, private, shared and
    /// link-local networks (where clouds answer with their secrets), documentation, benchmarking, multicast and what is reserved.
    /// </summary>
    private static readonly IPNetwork[] Special =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "::/128", "::1/128", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");

    public static bool Holds(IPAddress address)
    {
        // An IPv4 address can be written inside an IPv6 one, and leads where it always leads.
        var bytes = address.GetAddressBytes();
        if (address.IsIPv4MappedToIPv6)
            return Holds(address.MapToIPv4());
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            if (Nat64.Contains(address) || bytes.AsSpan(0, 12).IndexOfAnyExcept((byte)0) < 0)
                return !address.Equals(IPAddress.IPv6Any) && !address.Equals(IPAddress.IPv6Loopback) && Holds(new IPAddress(bytes.AsSpan(12, 4)));
            if (SixToFour.Contains(address))
                return Holds(new IPAddress(bytes.AsSpan(2, 4)));
        }

        return !Array.Exists(Special, network => network.BaseAddress.AddressFamily == address.AddressFamily && network.Contains(address));
    }
}
