namespace CordisPulse.Core.Hosting;

/// <summary>
/// The address under which readers know this site. It comes from <c>Site:PublicUrl</c>, or from what the server listens on, and
/// never from a request's Host header, which anybody can write.
/// </summary>
public sealed class PublicAddress(Func<Uri> resolve)
{
    /// <summary>With a slash at its end.</summary>
    public Uri Base => WithSlash(resolve());

    public SiteLinks Links => new(Base);

    public static Uri WithSlash(Uri uri) => uri.AbsoluteUri.EndsWith('/') ? uri : new Uri(uri.AbsoluteUri + "/");
}
