namespace CordisPulse.Web.Features;

/// <summary>Names where a social link leads, since several lead to pages of the same name.</summary>
public static class SocialNetwork
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["linkedin.com"] = "LinkedIn",
        ["twitter.com"] = "Twitter",
        ["x.com"] = "X",
        ["facebook.com"] = "Facebook",
        ["youtube.com"] = "YouTube",
        ["instagram.com"] = "Instagram",
        ["bsky.app"] = "Bluesky",
        ["threads.net"] = "Threads",
    };

    /// <summary>Such as "Cordis Bright on LinkedIn"; a network that is not known goes by its host.</summary>
    public static string Label(string name, string url)
    {
        var host = new Uri(url).Host;
        host = host.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? host["www.".Length..] : host;
        var network = Names.FirstOrDefault(known => host.Equals(known.Key, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + known.Key, StringComparison.OrdinalIgnoreCase)).Value ?? host;
        return name.Split(' ').Contains(network, StringComparer.OrdinalIgnoreCase) ? name : $"{name} on {network}";
    }
}
