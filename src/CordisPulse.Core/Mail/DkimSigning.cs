using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MimeKit;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.OpenSsl;

namespace CordisPulse.Core.Mail;

/// <summary>
/// Signs messages with the keys of <c>Mail:Dkim:Keys</c>, relaxed/relaxed (RFC 6376; Ed25519: RFC 8463). With two keys a
/// message carries two signatures, and a receiver that does not know one goes by the other.
/// </summary>
public sealed class DkimSigning
{
    // RFC 8058 asks for both List-Unsubscribe headers.
    private static readonly HeaderId[] Signed =
    [
        HeaderId.From, HeaderId.ReplyTo, HeaderId.To, HeaderId.Subject, HeaderId.Date, HeaderId.MessageId, HeaderId.MimeVersion,
        HeaderId.ContentType, HeaderId.ContentTransferEncoding, HeaderId.ListId, HeaderId.ListUnsubscribe, HeaderId.ListUnsubscribePost,
        HeaderId.ListArchive, HeaderId.AutoSubmitted, HeaderId.InReplyTo, HeaderId.References,
    ];

    private static readonly string[] SignedNames = [.. Signed.Select(header => header.ToHeaderName().ToLowerInvariant())];

    private const int LongestLine = 72;

    private readonly Key[] _keys;

    private readonly DkimSigner[] _signers;

    /// <exception cref="FormatException">A key can't be used; <see cref="Problems"/> says the same in one line a key.</exception>
    public DkimSigning(DkimOptions options)
    {
        var keys = options.Keys.Select(key => (Options: key, Private: ReadKey(key.PrivateKeyFile ?? throw new FormatException("a file is not named")))).ToList();
        _signers = [.. keys.Select(key => Signer(key.Options, key.Private))];
        _keys = [.. keys.Select(key => Key.Of(key.Options, key.Private))];
        PublicKeys = [.. keys.Select(key => DkimPublicKey.Of(key.Options.Domain!, key.Options.Selector!, key.Private))];
    }

    /// <summary>What receivers must find in the DNS, in the order of the signatures.</summary>
    public IReadOnlyList<DkimPublicKey> PublicKeys { get; }

    public bool IsConfigured => _signers.Length > 0;

    /// <summary>One line for each key that can't be used.</summary>
    public static IEnumerable<string> Problems(DkimOptions options)
    {
        for (var i = 0; i < options.Keys.Count; i++)
        {
            var key = options.Keys[i];
            var path = $"Mail:Dkim:Keys:{i}";
            if (string.IsNullOrWhiteSpace(key.Domain))
                yield return $"{path}:Domain is not set; it is the domain that signs, such as example.org.";
            if (string.IsNullOrWhiteSpace(key.Selector))
                yield return $"{path}:Selector is not set; it is the name before ._domainkey in the DNS.";
            if (string.IsNullOrWhiteSpace(key.PrivateKeyFile))
                yield return $"{path}:PrivateKeyFile is not set; it is a PEM file with an RSA or Ed25519 private key.";
            else if (ProblemWithFile(key.PrivateKeyFile) is { } problem)
                yield return $"{path}:PrivateKeyFile {problem}.";
        }
    }

    /// <summary>
    /// Adds the signatures. The message must be complete: it is put into seven-bit form first, so that no server on its way has
    /// to change it, and may not be touched afterwards. Does nothing without keys.
    /// </summary>
    public void Sign(MimeMessage message)
    {
        if (_signers.Length == 0)
            return;
        message.Prepare(EncodingConstraint.SevenBit);
        // The Content- headers belong to the body, and the signer looks for them there.
        var present = Signed.Where(header => message.Headers.Contains(header) || message.Body?.Headers.Contains(header) == true).ToList();
        // Named once more than it occurs, From can't be added a second time by somebody else (RFC 6376 section 8.15).
        present.Add(HeaderId.From);
        foreach (var signer in _signers)
            signer.Sign(MailFormat.For(message), message, present);
    }

    /// <summary>The signatures of a message whose parts are known by their relaxed form, as headers with their line ends, the last key's first.</summary>
    /// <param name="headers">By their names in small letters; none of those that are signed occurs twice.</param>
    /// <param name="bodyHash">Of the relaxed body.</param>
    /// <param name="date">When it is signed.</param>
    internal string Headers(IReadOnlyDictionary<string, string> headers, ReadOnlySpan<byte> bodyHash, DateTimeOffset date)
    {
        var present = SignedNames.Where(headers.ContainsKey).ToList();
        var signed = Encoding.UTF8.GetBytes(string.Concat(present.Select(name => headers[name])));
        var names = Folded([.. present.Append("from").Select((name, i) => i < present.Count ? name + ":" : name)]);
        var hash = Convert.ToBase64String(bodyHash);
        var all = new StringBuilder();
        foreach (var key in _keys)
        {
            var value = string.Create(CultureInfo.InvariantCulture,
                $" v=1; a={key.Algorithm}; c=relaxed/relaxed;\r\n\td={key.Domain};\r\n\ts={key.Selector}; t={date.ToUnixTimeSeconds()};\r\n\th={names};\r\n\tbh={hash};\r\n\tb=");
            // Without its line end: the signature is about the header as it is before it.
            byte[] data = [.. signed, .. Encoding.UTF8.GetBytes($"dkim-signature:{RelaxedForm.OfValue(value)}")];
            var signature = Convert.ToBase64String(key.Sign(SHA256.HashData(data)));
            all.Insert(0, $"DKIM-Signature:{value}{Folded([.. signature.Chunk(LongestLine / 2).Select(piece => new string(piece))])}\r\n");
        }

        return all.ToString();
    }

    private static string Folded(IReadOnlyList<string> words)
    {
        var text = new StringBuilder();
        var column = 0;
        foreach (var word in words)
        {
            if (column > 0 && column + word.Length > LongestLine)
            {
                text.Append("\r\n\t");
                column = 0;
            }

            text.Append(word);
            column += word.Length;
        }

        return text.ToString();
    }

    private static DkimSigner Signer(DkimKeyOptions options, AsymmetricKeyParameter key)
        => key is RsaPrivateCrtKeyParameters rsa
            ? new RsaSigner(rsa, options.Domain!, options.Selector!)
            : new DkimSigner(key, options.Domain!, options.Selector!, DkimSignatureAlgorithm.Ed25519Sha256)
            {
                HeaderCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
                BodyCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
            };

    private static string? ProblemWithFile(string file)
    {
        try
        {
            ReadKey(file);
            return null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return "names a file that is not there";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "names a file that can't be read";
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }

    private static AsymmetricKeyParameter ReadKey(string file)
    {
        object? found;
        using (var text = File.OpenText(file))
        using (var pem = new PemReader(text))
        {
            try
            {
                found = pem.ReadObject();
            }
            catch (Exception e) when (e is not IOException || e is PemException)
            {
                // What a broken or encrypted PEM file makes the reader throw is open-ended.
                throw new FormatException("holds no private key that can be read (PEM, without a pass phrase)");
            }
        }

        var key = found is AsymmetricCipherKeyPair pair ? pair.Private : found as AsymmetricKeyParameter;
        return key switch
        {
            // RFC 8301 forbids shorter keys, and receivers ignore their signatures.
            RsaPrivateCrtKeyParameters { Modulus.BitLength: < 1024 } => throw new FormatException("holds an RSA key shorter than 1024 bits"),
            RsaPrivateCrtKeyParameters or Ed25519PrivateKeyParameters => key,
            _ => throw new FormatException("must hold an RSA or Ed25519 private key in PEM form"),
        };
    }

    /// <param name="Sign">Signs a SHA-256 hash; from any thread.</param>
    private sealed record Key(string Domain, string Selector, string Algorithm, Func<byte[], byte[]> Sign)
    {
        public static Key Of(DkimKeyOptions options, AsymmetricKeyParameter key) => key is RsaPrivateCrtKeyParameters rsa
            ? new(options.Domain!, options.Selector!, "rsa-sha256", new PlatformKey(rsa).Sign)
            : new(options.Domain!, options.Selector!, "ed25519-sha256", hash => SignEd25519(key, hash));

        // RFC 8463 section 3: what is signed is the hash.
        private static byte[] SignEd25519(AsymmetricKeyParameter key, byte[] hash)
        {
            var signer = new Ed25519Signer();
            signer.Init(true, key);
            signer.BlockUpdate(hash, 0, hash.Length);
            return signer.GenerateSignature();
        }
    }

    /// <summary>RSA by the platform's own library, many times as fast as the managed code that the mail library brings.</summary>
    private sealed class PlatformKey(RsaPrivateCrtKeyParameters key)
    {
        private readonly RSAParameters _key = Org.BouncyCastle.Security.DotNetUtilities.ToRSAParameters(key);

        /// <summary>Not in use: no two threads may sign with one, and making one costs more than signing.</summary>
        private readonly ConcurrentBag<RSA> _ready = [];

        public int SignatureLength => _key.Modulus!.Length;

        public byte[] Sign(byte[] hash)
        {
            if (!_ready.TryTake(out var rsa))
                rsa = RSA.Create(_key);
            var signature = rsa.SignHash(hash, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            _ready.Add(rsa);
            return signature;
        }
    }

    private sealed class RsaSigner : DkimSigner
    {
        private readonly PlatformKey _key;

        public RsaSigner(RsaPrivateCrtKeyParameters key, string domain, string selector) : base(key, domain, selector)
        {
            _key = new PlatformKey(key);
            HeaderCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed;
            BodyCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed;
        }

        protected override ISigner CreateSigningContext() => new PlatformRsa(_key);
    }

    private sealed class PlatformRsa(PlatformKey key) : ISigner
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        public string AlgorithmName => "SHA-256withRSA";

        public void Init(bool forSigning, ICipherParameters parameters)
        {
        }

        public void Update(byte input) => _hash.AppendData([input]);

        public void BlockUpdate(byte[] input, int inOff, int inLen) => _hash.AppendData(input, inOff, inLen);

        public void BlockUpdate(ReadOnlySpan<byte> input) => _hash.AppendData(input);

        public int GetMaxSignatureSize() => key.SignatureLength;

        public byte[] GenerateSignature()
        {
            using (_hash)
                return key.Sign(_hash.GetHashAndReset());
        }

        public bool VerifySignature(byte[] signature) => throw new NotSupportedException();

        public void Reset() => _hash.GetHashAndReset();
    }
}
