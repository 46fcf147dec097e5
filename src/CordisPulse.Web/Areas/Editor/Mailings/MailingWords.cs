using CordisPulse.Core.Mailings;

namespace CordisPulse.Web.Areas.Editor.Mailings;

internal static class MailingWords
{
    private const string Smtp = "Smtp ";

    /// <summary>Where the mail of a mailing goes, as a sentence.</summary>
    public static string Goes(MailingProgress mailing)
    {
        var verb = mailing.HasEnded ? "It went" : "It goes";
        return mailing.Transport == MailingTransport.Pickup
            ? $"{verb} to the pickup folder, not to people."
            : $"{verb} by the mail server {mailing.Transport.Replace(Smtp, "", StringComparison.Ordinal)}.";
    }
}
