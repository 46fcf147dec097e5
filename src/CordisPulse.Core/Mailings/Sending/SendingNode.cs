using CordisPulse.Core.Hosting;

namespace CordisPulse.Core.Mailings.Sending;

/// <summary>
/// This process as one of those that send. It holds a file in the data directory locked for as long as it lives: the system lets
/// go of the lock however the process ends, and that proves to others on the same machine that its leases are nobody's.
/// </summary>
public sealed class SendingNode : IDisposable
{
    private const string Ending = ".lock";

    private readonly string _folder;
    private readonly string _machine = Environment.MachineName;
    private readonly FileStream _lock;

    /// <exception cref="InvalidSettingException">The data directory can't be written to.</exception>
    public SendingNode(DataDirectory data)
    {
        _folder = data.File("nodes");
        try
        {
            Directory.CreateDirectory(_folder);
            (Id, _lock) = Open();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidSettingException($"{DataDirectory.Key}: the folder '{_folder}' cannot be written to ({e.Message}).");
        }
    }

    /// <summary>Unlike that of any other process, also of one that had the same process number.</summary>
    public string Id { get; }

    /// <summary>The nodes of this machine that have ended without taking leave.</summary>
    public IEnumerable<string> FindDead()
    {
        foreach (var file in Directory.EnumerateFiles(_folder, $"{_machine}!*{Ending}"))
        {
            var id = Path.GetFileNameWithoutExtension(file);
            if (id != Id && IsFree(file))
                yield return id;
        }
    }

    /// <summary>Forgets a dead node, once its leases have been taken over.</summary>
    public void Bury(string id)
    {
        try
        {
            File.Delete(Path.Combine(_folder, id + Ending));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another node was first, or will be.
        }
    }

    public void Dispose()
    {
        _lock.Dispose();
        Bury(Id);
    }

    private (string Id, FileStream Lock) Open()
    {
        for (var left = 3; ; left--)
        {
            var id = $"{_machine}!{Environment.ProcessId}!{Guid.NewGuid():N}";
            try
            {
                return (id, new FileStream(Path.Combine(_folder, id + Ending), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException) when (left > 0)
            {
                // Between its making and its locking another node may have taken the file for a dead one's.
            }
        }
    }

    private static bool IsFree(string file)
    {
        try
        {
            using var free = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
