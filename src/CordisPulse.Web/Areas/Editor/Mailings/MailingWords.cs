using CordisPulse.Core.Mailings;
using CordisPulse.Core.Subscriptions;

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

    /// <summary>As the figures of a mailing are called.</summary>
    public static string Of(DeliveryState state) => state switch
    {
        DeliveryState.Pending => "Waiting",
        DeliveryState.Attempting => "Under way",
        DeliveryState.Deferred => "Retrying",
        _ => state.ToString(),
    };

    /// <param name="sectors">As <see cref="MailingVariant.Sectors"/> has them.</param>
    /// <param name="names">A sector that is no more goes by its slug.</param>
    public static string Sectors(string sectors, SectorNames names) => sectors switch
    {
        "" => "All",
        MailingVariant.NoSectors => "None: introduction and news alone",
        _ => string.Join("; ", sectors.Split(',').Select(slug => names.Choices.FirstOrDefault(choice => choice.Slug == slug)?.Name ?? slug)),
    };

    /// <summary>What the start has begun.</summary>
    public static string Of(StartedMailing started)
    {
        if (started.HasJoined)
            return "The mailing was running already.";
        var begun = $"The mailing has started, to {Counted.Of(started.Recipients, "recipient")}.";
        if (started.Wait > TimeSpan.Zero)
            begun += started.Colleagues == 0 ? " It waits first." : $" It goes to {Counted.Of(started.Colleagues, "colleague")} on the list now, and to everybody else after the wait.";
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
