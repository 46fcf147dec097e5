using System.Globalization;
using CordisPulse.Core.Editions;

namespace CordisPulse.Core.Mailings.Messages;

/// <summary>The Message-IDs of a mailing: the same for the same recipient however often it is sent, so that mail systems can tell.</summary>
/// <param name="PublicUrl">The mailing's own: the site may have moved since.</param>
public sealed record MessageIds(EditionMonth Month, MailingKind Kind, int Number, string PublicUrl)
{
    /// <summary>Without angle brackets.</summary>
    public string Of(int subscriberId)
        => string.Create(CultureInfo.InvariantCulture, $"{Month}.{Kind.ToString().ToLowerInvariant()}.{Number}.{subscriberId}@{Domain(new Uri(PublicUrl))}");

    internal static string Domain(Uri publicUrl) => publicUrl.HostNameType == UriHostNameType.Dns ? publicUrl.IdnHost : "localhost";
}
