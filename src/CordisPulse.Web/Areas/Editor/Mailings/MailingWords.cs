using CordisPulse.Core.Mailings;

namespace CordisPulse.Web.Areas.Editor.Mailings;

internal static class MailingWords
{
    private const string Smtp = "Smtp ";

    /// <summary>Such as "Mailing of March 2022".</summary>
    public static string Title(MailingName name) => $"Mailing of {name.Title}";

    public static string CancelTitle(MailingName name) => $"Cancel the mailing of {name.Title}";

    /// <summary>What it is for, and which of those.</summary>
    public static string Kind(MailingName name) => name.Kind switch
    {
        MailingKind.Edition => "Edition",
        MailingKind.Correction => $"Correction {name.Number}",
        _ => $"Late {name.Number}",
    };

    /// <summary>What a person decided while a delivery was uncertain.</summary>
    public static string Of(DeliveryAct decided) => decided == DeliveryAct.SendAgain ? "Send again" : "Count as sent";

    /// <param name="sectors">As <see cref="MailingVariant.Sectors"/> has them.</param>
    public static string Sectors(string sectors) => sectors switch
    {
        "" => "All",
        MailingVariant.NoSectors => "None: introduction and news alone",
        _ => sectors.Replace(",", ", ", StringComparison.Ordinal),
    };

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
