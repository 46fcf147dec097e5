using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Hosting;

/// <summary>
/// The key of everything that must be recognised as our own later (<c>Secrets:KeyFile</c>). It is made at the first start, lies outside the
/// database, is shared by all nodes and belongs into every backup.
/// </summary>
public sealed class SecretKey(IOptions<SecretsOptions> options)
{
    private const string Key = "Secrets:KeyFile";

    private const int Length = 32;

    private readonly Lazy<byte[]> _bytes = new(() => ReadOrMake(options.Value.KeyFile!));

    public ReadOnlySpan<byte> Bytes => _bytes.Value;

    /// <summary>One line that says why the file can't be read or made, or holds no key; null when it is good.</summary>
    internal static string? Problem(string file)
    {
        try
        {
            ReadOrMake(file);
            return null;
        }
        catch (FormatException)
        {
            return $"{Key}: the file '{file}' holds no key; it must be {Length} random bytes or more in Base64.";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{Key}: the file '{file}' cannot be read or made ({e.Message.TrimEnd('.')}).";
        }
    }

    private static byte[] ReadOrMake(string file)
    {
        if (!File.Exists(file))
            Make(file);
        var key = Convert.FromBase64String(File.ReadAllText(file));
        return key.Length >= Length ? key : throw new FormatException("The key is too short.");
    }

    private static void Make(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        // Written whole under another name first: a second node must not read half a key.
        var unfinished = $"{file}.{Guid.NewGuid():N}";
        using (var stream = new StreamWriter(unfinished, options))
            stream.Write(Convert.ToBase64String(RandomNumberGenerator.GetBytes(Length)));
        try
        {
            File.Move(unfinished, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(unfinished);
        }
    }
}
