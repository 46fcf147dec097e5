using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CordisPulse.Core.Mail;

public enum BouncedKind
{
    /// <summary>Of a mailing; the number is that of the row in the ledger.</summary>
    Delivery,

    /// <summary>A mail for one person alone; the number is that of its <see cref="QueuedMail"/>.</summary>
    SingleMail,
}

/// <summary>The mail that an envelope sender was made for.</summary>
public readonly record struct BouncedMail(BouncedKind Kind, long Id);

/// <summary>
/// The envelope senders that lead a bounce back to its mail (VERP): <c>bounces@example.org</c> becomes
/// <c>bounces+d123-k7mw2qzd@example.org</c> for a delivery and <c>bounces+m7-…</c> for a single mail. The end is a keyed check, so that
/// nobody can have a stranger's mail marked as bounced.
/// </summary>
public sealed class BounceAddress
{
    /// <summary>The longest local part of <c>Mail:BounceAddress</c> that leaves room for the largest number within RFC 5321's 64.</summary>
    public const int MaxLocalPart = 64 - 2 - 19 - 1 - CheckLength;

    private const int CheckLength = 8;
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    private readonly string _local;
    private readonly string _domain;
    private readonly byte[] _key;

    /// <exception cref="ArgumentException"><paramref name="mailbox"/> is no address.</exception>
    public BounceAddress(string mailbox, ReadOnlySpan<byte> key)
    {
        var at = mailbox.LastIndexOf('@');
        if (at <= 0 || at == mailbox.Length - 1)
            throw new ArgumentException("A bounce address has a local part and a domain.", nameof(mailbox));
        _local = mailbox[..at];
        _domain = mailbox[(at + 1)..];
        _key = key.ToArray();
    }

    public string ForDelivery(long id) => For(new BouncedMail(BouncedKind.Delivery, id));

    public string ForSingleMail(long id) => For(new BouncedMail(BouncedKind.SingleMail, id));

    /// <summary>The mail that <paramref name="address"/> was made for, if we made it. Letter case is forgiven: mail systems change it.</summary>
    public bool TryRead(string address, out BouncedMail mail)
    {
        mail = default;
        var prefix = _local + "+";
        var suffix = "@" + _domain;
        if (address.Length <= prefix.Length + suffix.Length
            || !address.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
            || !address.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
            return false;
        var middle = address[prefix.Length..^suffix.Length].ToLowerInvariant();
        BouncedKind? kind = middle[0] switch { 'd' => BouncedKind.Delivery, 'm' => BouncedKind.SingleMail, _ => null };
        var dash = middle.IndexOf('-', StringComparison.Ordinal);
        if (kind is null || dash <= 1 || !long.TryParse(middle.AsSpan(1, dash - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            return false;
        var read = new BouncedMail(kind.Value, id);
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(middle[(dash + 1)..]), Encoding.UTF8.GetBytes(Check(read))))
            return false;
        mail = read;
        return true;
    }

    private string For(BouncedMail mail)
        => string.Create(CultureInfo.InvariantCulture, $"{_local}+{(mail.Kind == BouncedKind.Delivery ? 'd' : 'm')}{mail.Id}-{Check(mail)}@{_domain}");

    private string Check(BouncedMail mail)
    {
        var mac = HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"bounce:{(mail.Kind == BouncedKind.SingleMail ? "m" : "")}{mail.Id}")));
        var bits = BitConverter.ToUInt64(mac);
        return string.Create(CheckLength, bits, static (check, rest) =>
        {
            for (var i = 0; i < check.Length; i++, rest >>= 5)
                check[i] = Alphabet[(int)(rest & 31)];
        });
    }
}
