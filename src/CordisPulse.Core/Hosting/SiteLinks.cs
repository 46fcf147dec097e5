using CordisPulse.Core.Editions;

namespace CordisPulse.Core.Hosting;

/// <summary>Absolute addresses of the public site's pages. <paramref name="baseAddress"/> ends with a slash.</summary>
public sealed class SiteLinks(Uri baseAddress)
{
    public string Home => baseAddress.AbsoluteUri;

    public string Editions => To("editions");

    public string Subscribe => To("subscribe");

    public string Privacy => To("privacy");

    public string Feed => To("feed.atom");

    public string Edition(EditionMonth month) => To($"editions/{month}");

    public string Item(EditionMonth month, string slug) => To($"editions/{month}/{slug}");

    public string Sector(string slug) => To($"sectors/{slug}");

    public string Section(string slug) => To($"sections/{slug}");

    public string Topic(string slug) => To($"topics/{slug}");

    public string Source(string slug) => To($"sources/{slug}");

    public string ConfirmSubscription(string token) => To($"subscribe/confirm/{token}");

    public string Unsubscribe(string token) => To($"unsubscribe/{token}");

    public string Preferences(string token) => To($"preferences/{token}");

    public string OwnData(string token) => To($"your-data/{token}");

    public string ConfirmAddress(string token) => To($"your-data/address/{token}");

    public string SetUpAccount(string token) => To($"editor/set-up/{token}");

    public string To(string path) => new Uri(baseAddress, path).AbsoluteUri;
}
