using System.Text;

namespace CordisPulse.Core.Mail.Smtp;

/// <summary>A server's reply to one command, its lines joined by spaces (RFC 5321 section 4.2).</summary>
internal readonly record struct SmtpReply(int Code, string Text)
{
    /// <summary>RFC 5321 section 4.2.1 has a client go by the first digit.</summary>
    public bool IsYes => Code is >= 200 and < 300;

    /// <summary>The server waits for more: after DATA, for the content.</summary>
    public bool IsGoAhead => Code is >= 300 and < 400;

    /// <summary>Reads one line of a reply, without its line end: three digits, then nothing, a space, or a hyphen where more lines follow.</summary>
    public static bool TryReadLine(ReadOnlySpan<byte> line, out int code, out bool isLast, out string text)
    {
        (code, isLast, text) = (0, true, "");
        if (line.Length < 3 || line[0] is < (byte)'1' or > (byte)'5' || !char.IsAsciiDigit((char)line[1]) || !char.IsAsciiDigit((char)line[2]))
            return false;
        code = ((line[0] - '0') * 100) + ((line[1] - '0') * 10) + (line[2] - '0');
        if (line.Length == 3)
            return true;
        isLast = line[3] == (byte)' ';
        text = Encoding.UTF8.GetString(line[4..]);
        return isLast || line[3] == (byte)'-';
    }
}
