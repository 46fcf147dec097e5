using CordisPulse.Core.Mail.Smtp;

namespace CordisPulse.Core.Mail.Checks;

/// <summary>What stands in the DNS, made fit to be shown on a terminal: anybody may have written it.</summary>
internal static class DnsText
{
    private const int Longest = 120;

    public static string Of(string text)
    {
        var line = string.Join(' ', VisibleText.Of(ShortText.Of(text, ServerText.MaxLength)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length > Longest ? ShortText.Of(line, Longest) + "…" : line;
    }
}
