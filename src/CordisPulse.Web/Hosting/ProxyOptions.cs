using System.Net;
using Microsoft.Extensions.Options;

namespace CordisPulse.Web.Hosting;

/// <summary>The settings under <c>Proxy</c>.</summary>
public sealed class ProxyOptions
{
    public const string Section = "Proxy";

    /// <summary>Proxies on other machines whose <c>X-Forwarded-For</c> is believed, as addresses or networks (10.0.0.0/8); one on this machine always is.</summary>
    public IList<string> Addresses { get; } = [];

    /// <returns>Null for what is neither an address nor a network.</returns>
    internal static IPNetwork? Parse(string text) => IPAddress.TryParse(text, out var address)
        ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : IPNetwork.TryParse(text, out var network) ? network : null;
}

internal sealed class ProxyOptionsValidator : IValidateOptions<ProxyOptions>
{
    public ValidateOptionsResult Validate(string? name, ProxyOptions options)
        => options.Addresses.FirstOrDefault(text => ProxyOptions.Parse(text) is null) is { } wrong
            ? ValidateOptionsResult.Fail($"{ProxyOptions.Section}:{nameof(ProxyOptions.Addresses)} has '{wrong}'; each must be an address or a network such as 10.1.2.3 or 10.0.0.0/8.")
            : ValidateOptionsResult.Success;
}
