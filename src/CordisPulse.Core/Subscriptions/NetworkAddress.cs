using System.Net;
using System.Net.Sockets;

namespace CordisPulse.Core.Subscriptions;

/// <summary>The address of the network that an act came from, as the consent record keeps it.</summary>
public static class NetworkAddress
{
    /// <summary>The longest text of one.</summary>
    public const int MaxLength = 45;

    private const int ShortIPv4 = 3;
    private const int ShortIPv6 = 6;

    /// <summary>Null where the connection has none.</summary>
    public static string? Of(IPAddress? address) => address switch
    {
        null => null,
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        // The zone is that of this machine.
        { AddressFamily: AddressFamily.InterNetworkV6 } => new IPAddress(address.GetAddressBytes()).ToString(),
        _ => address.ToString(),
    };

    /// <summary>The network alone: the first 24 bits of IPv4, the first 48 of IPv6.</summary>
    public static string Shortened(string address)
    {
        if (!IPAddress.TryParse(address, out var parsed))
            return "";
        var bytes = parsed.GetAddressBytes();
        Array.Clear(bytes, bytes.Length == 4 ? ShortIPv4 : ShortIPv6, bytes.Length - (bytes.Length == 4 ? ShortIPv4 : ShortIPv6));
        return new IPAddress(bytes) + (bytes.Length == 4 ? "/24" : "/48");
    }

    public static bool IsShortened(string address) => address.Contains('/', StringComparison.Ordinal);
}
