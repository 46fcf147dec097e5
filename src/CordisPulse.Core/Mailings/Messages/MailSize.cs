using System.Globalization;

namespace CordisPulse.Core.Mailings.Messages;

/// <summary>How large a mail is, in words: <c>84.2 KB</c>, each of a thousand bytes. Rounded up, so that what is over a limit says so.</summary>
public static class MailSize
{
    public static string Of(int bytes) => (Math.Ceiling(bytes / 100.0) / 10).ToString("#,0.#", CultureInfo.InvariantCulture) + " KB";
}
