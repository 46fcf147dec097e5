using CordisPulse.Core.Mailings;

namespace CordisPulse.Web.Areas.Editor.Mailings;

internal static class MailingWords
{
    private const string Smtp = "Smtp ";

    /// <summary>What the start has begun.</summary>
    public static string Of(StartedMailing started)
    {
        if (started.HasJoined)
            return "The mailing was running already.";
        var begun = $"The mailing has started, to {Counted.Of(started.Recipients, "recipient")}.";
        if (started.Wait > TimeSpan.Zero)
            begun += $" It goes to {Counted.Of(started.Colleagues, "colleague")} now, and to everybody else after the wait.";
        return started.CopiesRefused is { } refused ? $"{begun} Not every colleague got a copy: {refused}" : begun;
    }

    /// <summary>Where the mail of a mailing goes, as a sentence.</summary>
    public static string Goes(MailingProgress mailing)
    {
        var verb = mailing.HasEnded ? "It went" : "It goes";
        return mailing.Transport == MailingTransport.Pickup
            ? $"{verb} to the pickup folder, not to people."
            : $"{verb} by the mail server {mailing.Transport.Replace(Smtp, "", StringComparison.Ordinal)}.";
    }
}
