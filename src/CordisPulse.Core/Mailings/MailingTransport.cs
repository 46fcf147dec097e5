using System.Globalization;
using CordisPulse.Core.Mail;

namespace CordisPulse.Core.Mailings;

/// <summary>Where mail goes, as a mailing freezes it: <c>Pickup</c>, or <c>Smtp host:port</c>.</summary>
public static class MailingTransport
{
    public const string Pickup = "Pickup";

    public static string Of(MailOptions options) => options.Transport == MailTransportKind.Pickup
        ? Pickup
        : string.Create(CultureInfo.InvariantCulture, $"Smtp {options.Smtp.Host}:{options.Smtp.EffectivePort}");

    /// <summary>For people.</summary>
    public static string Describe(MailOptions options) => options.Transport == MailTransportKind.Pickup
        ? $"the pickup folder {options.PickupDirectory}; nothing leaves this machine"
        : string.Create(CultureInfo.InvariantCulture, $"the mail server {options.Smtp.Host}, port {options.Smtp.EffectivePort}");
}
