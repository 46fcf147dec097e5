using System.Text;

namespace CordisPulse.Tests.Mail.Received;

/// <summary>A header as it came: its lines with their ends, and its value as one line.</summary>
internal sealed record RawHeader(string Name, string Raw)
{
    /// <summary>Unfolded: line ends before blanks taken out (RFC 5322 section 2.2.3).</summary>
    public string Value => Raw[(Name.Length + 1)..].Replace("\r\n", "", StringComparison.Ordinal).Trim();

    public string[] Lines => Raw[..^2].Split("\r\n");
}

/// <summary>Bytes of a message taken apart by nothing that had a part in making them.</summary>
internal sealed class RawMessage
{
    private RawMessage(IReadOnlyList<RawHeader> headers, string body) => (Headers, Body) = (headers, body);

    public IReadOnlyList<RawHeader> Headers { get; }

    /// <summary>Each byte a character.</summary>
    public string Body { get; }

    public static RawMessage Read(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        Assert.True(end > 0, "The message has no end of its headers.");
        var headers = new List<RawHeader>();
        foreach (var line in text[..end].Split("\r\n"))
        {
            if (line[0] is ' ' or '\t')
            {
                headers[^1] = headers[^1] with { Raw = headers[^1].Raw + line + "\r\n" };
                continue;
            }

            var colon = line.IndexOf(':', StringComparison.Ordinal);
            Assert.True(colon > 0, $"'{line}' is no header.");
            headers.Add(new RawHeader(line[..colon], line + "\r\n"));
        }

        return new RawMessage(headers, text[(end + 4)..]);
    }

    public static RawMessage Read(ReadOnlyMemory<byte> bytes) => Read(Encoding.Latin1.GetString(bytes.Span));

    public IReadOnlyList<RawHeader> All(string name) => [.. Headers.Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase))];

    public string? Value(string name) => All(name) switch
    {
        [] => null,
        [var only] => only.Value,
        var several => throw new InvalidOperationException($"{several.Count} headers are called {name}."),
    };

    /// <summary>The parts of a multipart by its boundary, and what stands after the last.</summary>
    public (IReadOnlyList<RawMessage> Parts, string Before, string After) Parts(string boundary)
    {
        var pieces = ("\r\n" + Body).Split($"\r\n--{boundary}");
        Assert.StartsWith("--", pieces[^1], StringComparison.Ordinal);
        return ([.. pieces[1..^1].Select(piece => Read(piece[2..]))], pieces[0], pieces[^1][2..]);
    }
}
