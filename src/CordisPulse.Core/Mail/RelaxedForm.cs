using System.Text;

namespace CordisPulse.Core.Mail;

/// <summary>The form in which DKIM compares what was sent and what came: relaxed, of headers and of bodies (RFC 6376 section 3.4).</summary>
internal static class RelaxedForm
{
    /// <param name="body">With CRLF throughout, and dots as they are.</param>
    public static byte[] OfBody(ReadOnlySpan<byte> body)
    {
        var relaxed = new MemoryStream(body.Length);
        var (hasBlank, lineEnds) = (false, 0);
        for (var i = 0; i < body.Length; i++)
        {
            switch (body[i])
            {
                case (byte)' ' or (byte)'\t':
                    hasBlank = true;
                    break;
                case (byte)'\r' when i + 1 < body.Length && body[i + 1] == '\n':
                    i++;
                    lineEnds++;
                    hasBlank = false;
                    break;
                default:
                    // Kept back until something follows: empty lines at the end do not count.
                    for (; lineEnds > 0; lineEnds--)
                        relaxed.Write("\r\n"u8);
                    if (hasBlank)
                        relaxed.WriteByte((byte)' ');
                    hasBlank = false;
                    relaxed.WriteByte(body[i]);
                    break;
            }
        }

        if (relaxed.Length > 0)
            relaxed.Write("\r\n"u8);
        return relaxed.ToArray();
    }

    /// <summary>Each header by its name in small letters, as one line with its end.</summary>
    /// <param name="headers">Whole headers, without the empty line.</param>
    public static IEnumerable<KeyValuePair<string, string>> OfHeaders(string headers)
    {
        var start = 0;
        for (var end = 0; end < headers.Length; end += 2)
        {
            end = headers.IndexOf("\r\n", end, StringComparison.Ordinal);
            if (end + 2 < headers.Length && headers[end + 2] is ' ' or '\t')
                continue;
            var colon = headers.IndexOf(':', start);
            var name = headers[start..colon].TrimEnd().ToLowerInvariant();
            yield return KeyValuePair.Create(name, $"{name}:{OfValue(headers.AsSpan((colon + 1)..end))}\r\n");
            start = end + 2;
        }
    }

    public static string OfValue(ReadOnlySpan<char> value)
    {
        var relaxed = new StringBuilder(value.Length);
        var hasBlank = false;
        foreach (var c in value)
        {
            if (c is ' ' or '\t' or '\r' or '\n')
            {
                hasBlank = true;
                continue;
            }

            if (hasBlank && relaxed.Length > 0)
                relaxed.Append(' ');
            hasBlank = false;
            relaxed.Append(c);
        }

        return relaxed.ToString();
    }
}
