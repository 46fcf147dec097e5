using System.Globalization;

namespace CordisPulse.Core.Mail;

/// <summary>The Message-ID of a single mail: the same at every try, so that one which was taken twice is seen once.</summary>
public static class SingleMailIds
{
    private const string Before = "single-";

    /// <summary>What it begins with.</summary>
    public static string Prefix(long mail) => string.Create(CultureInfo.InvariantCulture, $"{Before}{mail}-");

    /// <summary>Whose it is; null for the Message-ID of any other mail.</summary>
    public static long? Read(string? messageId)
        => messageId?.Split(Before, 2) is [_, var rest] && rest.IndexOf('-') is > 0 and var end
            && long.TryParse(rest.AsSpan(0, end), NumberStyles.None, CultureInfo.InvariantCulture, out var mail) ? mail : null;

    public static string Of(long mail, DateTime queuedUtc, string domain) => string.Create(CultureInfo.InvariantCulture, $"{Prefix(mail)}{queuedUtc:yyyyMMddHHmmss}@{domain}");
}
