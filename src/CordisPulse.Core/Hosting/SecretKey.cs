using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;

namespace CordisPulse.Core.Hosting;

/// <summary>
/// The key of everything that must be recognised as our own later (<c>Secrets:KeyFile</c>). It is made at the first use, lies outside the
/// database, is shared by all nodes and belongs into every backup.
/// </summary>
public sealed class SecretKey(IConfiguration configuration, DataDirectory data)
{
    public const string Key = "Secrets:KeyFile";

    private const int Length = 32;

    private readonly Lazy<byte[]> _bytes = new(() => ReadOrMake(
        string.IsNullOrWhiteSpace(configuration[Key]) ? data.File("secret.key") : Path.GetFullPath(configuration[Key]!)));

    /// <exception cref="InvalidSettingException">The file can't be read or made, or holds no key.</exception>
    public ReadOnlySpan<byte> Bytes => _bytes.Value;

    private static byte[] ReadOrMake(string file)
    {
        try
        {
            if (!File.Exists(file))
                Make(file);
            var key = Convert.FromBase64String(File.ReadAllText(file));
            return key.Length >= Length ? key : throw new InvalidSettingException($"{Key}: the file '{file}' holds no key.");
        }
        catch (FormatException)
        {
            throw new InvalidSettingException($"{Key}: the file '{file}' holds no key.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidSettingException($"{Key}: the file '{file}' cannot be read or made ({e.Message}).");
        }
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
