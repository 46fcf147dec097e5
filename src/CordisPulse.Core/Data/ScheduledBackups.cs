using System.Globalization;
using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Data;

/// <summary>Backs the embedded database up when it is time, one process at a time, and keeps the newest.</summary>
public sealed class ScheduledBackups(DatabaseBackup backup, IOptions<BackupOptions> options, TimeProvider time)
{
    private const string Beginning = "cordispulse-";
    private const string Ending = ".db";
    private const string TimeFormat = "yyyyMMdd-HHmmss";

    public bool IsAsked => options.Value.Every > TimeSpan.Zero;

    /// <returns>The file that was written; null when it is not time yet.</returns>
    /// <exception cref="RefusedException">It can't be written.</exception>
    public async Task<string?> TakeDueAsync(CancellationToken cancellationToken = default)
    {
        var (directory, every, keep) = (options.Value.Directory, options.Value.Every, options.Value.Keep);
        Directory.CreateDirectory(directory);
        await using var turn = await FileTurn.WaitAsync(Path.Combine(directory, ".taking"), cancellationToken);
        var now = time.GetUtcNow().UtcDateTime;
        var taken = Taken(directory);
        // A clock that was set back makes the next one come no later.
        if (taken.Count > 0 && now - taken[^1].At is var age && age < every && age >= TimeSpan.Zero)
            return null;
        var file = Path.Combine(directory, Beginning + now.ToString(TimeFormat, CultureInfo.InvariantCulture) + Ending);
        await backup.BackUpAsync(file, cancellationToken);
        foreach (var (old, _) in Taken(directory).SkipLast(keep))
        {
            File.Delete(old);
            File.Delete(old + DatabaseBackup.KeySuffix);
        }

        return file;
    }

    /// <summary>The oldest first. What else lies there is none of ours.</summary>
    private static List<(string File, DateTime At)> Taken(string directory) =>
    [
        .. Directory.EnumerateFiles(directory, $"{Beginning}*{Ending}").Order(StringComparer.Ordinal)
            .Select(file => (File: file, IsOurs: DateTime.TryParseExact(
                Path.GetFileNameWithoutExtension(file)[Beginning.Length..], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at), At: at))
            .Where(found => found.IsOurs)
            .Select(found => (found.File, found.At)),
    ];
}
