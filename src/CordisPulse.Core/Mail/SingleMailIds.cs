using System.Globalization;

namespace CordisPulse.Core.Mail;

/// <summary>The Message-ID of a single mail: the same at every try, so that one which was taken twice is seen once.</summary>
public static class SingleMailIds
{
    /// <summary>What it begins with.</summary>
    public static string Prefix(long mail) => string.Create(CultureInfo.InvariantCulture, $"single-{mail}-");

    public static string Of(long mail, DateTime queuedUtc, string domain) => string.Create(CultureInfo.InvariantCulture, $"{Prefix(mail)}{queuedUtc:yyyyMMddHHmmss}@{domain}");
}
