using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using CordisPulse.Core.Mail;

namespace CordisPulse.Core.Mailings.Messages;

/// <summary>
/// Signs the messages of one template. Their bodies differ in the tokens alone: what stands before the first is hashed once, and each
/// message goes on from a copy of that hash.
/// </summary>
internal sealed class TemplateSignatures
{
    private readonly DkimSigning _signing;
    private readonly Dictionary<string, string> _headers;
    private readonly IncrementalHash _common;
    private readonly Lock _copying = new();
    private readonly byte[] _tail;
    private readonly int[] _slots;

    /// <param name="signing">Has keys.</param>
    /// <param name="rest">All of a message but the recipient's own headers.</param>
    /// <param name="other">The same with another token.</param>
    public TemplateSignatures(DkimSigning signing, ReadOnlySpan<byte> rest, ReadOnlySpan<byte> other)
    {
        _signing = signing;
        _headers = new(RelaxedForm.OfHeaders(Encoding.UTF8.GetString(rest[..(HeadersEnd(rest) + 2)])));
        var body = RelaxedForm.OfBody(rest[(HeadersEnd(rest) + 4)..]);
        var second = RelaxedForm.OfBody(other[(HeadersEnd(other) + 4)..]);
        int[] slots = [.. Enumerable.Range(0, body.Length).Where(i => body[i] != second[i])];
        var first = slots.Length == 0 ? body.Length : slots[0];
        _common = Begin(body.AsSpan(0, first));
        _tail = body[first..];
        _slots = [.. slots.Select(slot => slot - first)];
    }

    /// <summary>The headers that go before all others.</summary>
    /// <param name="own">The recipient's own headers.</param>
    public string Headers(ReadOnlySpan<byte> own, ReadOnlySpan<byte> token, DateTimeOffset date)
    {
        var headers = new Dictionary<string, string>(_headers);
        foreach (var (name, line) in RelaxedForm.OfHeaders(Encoding.UTF8.GetString(own)))
            headers[name] = line;
        return _signing.Headers(headers, BodyHash(token), date);
    }

    private byte[] BodyHash(ReadOnlySpan<byte> token)
    {
        IncrementalHash hash;
        // A hash is not made for several threads, and a copy is made in no time.
        lock (_copying)
            hash = _common.Clone();
        var tail = ArrayPool<byte>.Shared.Rent(_tail.Length);
        using (hash)
        {
            _tail.CopyTo(tail, 0);
            for (var i = 0; i < _slots.Length; i++)
                tail[_slots[i]] = token[i % token.Length];
            hash.AppendData(tail, 0, _tail.Length);
            ArrayPool<byte>.Shared.Return(tail);
            return hash.GetHashAndReset();
        }
    }

    private static IncrementalHash Begin(ReadOnlySpan<byte> common)
    {
        var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(common);
        return hash;
    }

    private static int HeadersEnd(ReadOnlySpan<byte> rest) => rest.IndexOf("\r\n\r\n"u8);
}
