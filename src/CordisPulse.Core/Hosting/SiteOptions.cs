using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Hosting;

/// <summary>The settings under <c>Site</c>.</summary>
public sealed class SiteOptions
{
    public const string Section = "Site";

    /// <summary>Base of every link in mails and feeds; null for the address that the server listens on.</summary>
    public string? PublicUrl { get; set; }

    public string Name { get; set; } = "CordisPulse";

    public bool IsSecure => PublicUrl?.StartsWith(Uri.UriSchemeHttps + Uri.SchemeDelimiter, StringComparison.OrdinalIgnoreCase) == true;
}

internal sealed class SiteOptionsValidator : IValidateOptions<SiteOptions>
{
    public ValidateOptionsResult Validate(string? name, SiteOptions options)
    {
        if (options.PublicUrl is { Length: > 0 } url && !IsWebAddress(url))
            return ValidateOptionsResult.Fail($"Site:PublicUrl is '{url}'; it must be an address like https://pulse.example.org/ without query or fragment.");
        return string.IsNullOrWhiteSpace(options.Name) || options.Name.Any(char.IsControl)
            ? ValidateOptionsResult.Fail("Site:Name must be the digest's name, on one line.")
            : ValidateOptionsResult.Success;
    }

    private static bool IsWebAddress(string url)
        => Uri.TryCreate(url, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
            && uri.Query.Length == 0
            && uri.Fragment.Length == 0
            && uri.UserInfo.Length == 0;
}
