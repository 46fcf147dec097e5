using System.Runtime.CompilerServices;
using System.Text;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Mail.Returns;

namespace CordisPulse.Tests.Mail.Returns;

/// <summary>Messages as mail systems write them, about a mail of ours.</summary>
internal static class ReturnSample
{
    public const string Bounces = "bounces@sender.example";
    public const string Leaving = "leave@sender.example";

    public static byte[] Key { get; } = [.. Enumerable.Range(1, 32).Select(number => (byte)number)];

    public static MailOptions Options { get; } = new() { BounceAddress = Bounces, UnsubscribeMailbox = Leaving, From = "pulse@sender.example" };

    public static ReturnReader Reader { get; } = new(new ReturnMarks(Options, Key));

    public static IEnumerable<string> Names => Directory.GetFiles(Folder, "*.eml").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal);

    private static string Folder => Path.Combine(Path.GetDirectoryName(ThisFile())!, "Samples");

    /// <param name="verp">The envelope sender of the mail that it is about.</param>
    /// <param name="token">The token of the reader who got it.</param>
    public static byte[] Load(string name, string verp, string token, string messageId)
        => Encoding.UTF8.GetBytes(File.ReadAllText(Path.Combine(Folder, name + ".eml"))
            .Replace("{{verp}}", verp, StringComparison.Ordinal)
            .Replace("{{token}}", token, StringComparison.Ordinal)
            .Replace("{{message-id}}", messageId, StringComparison.Ordinal)
            .ReplaceLineEndings("\r\n"));

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
