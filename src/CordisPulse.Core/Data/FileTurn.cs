namespace CordisPulse.Core.Data;

/// <summary>One process at a time does something, by a file that only one can hold open; a process that dies lets go of it.</summary>
internal sealed class FileTurn : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly FileStream _held;

    private FileTurn(FileStream held) => _held = held;

    /// <summary>What the system says of a file that another holds: EAGAIN of Linux and of macOS, ERROR_SHARING_VIOLATION of Windows.</summary>
    private static readonly int[] Held = [11, 35, unchecked((int)0x80070020)];

    /// <summary>Waits for as long as somebody else holds it.</summary>
    /// <exception cref="UnauthorizedAccessException">The file may not be made.</exception>
    /// <exception cref="IOException">It can't be.</exception>
    public static async Task<FileTurn> WaitAsync(string file, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new FileTurn(new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException e) when (Held.Contains(e.HResult))
            {
                await Task.Delay(Pause, cancellationToken);
            }
        }
    }

    /// <summary>The file stays: whoever waits for it would otherwise hold one that is gone.</summary>
    public ValueTask DisposeAsync() => _held.DisposeAsync();
}
