using System.Diagnostics;
using System.Globalization;

namespace CordisPulse.Tests;

/// <summary>A test that needs SQLite and the right to mount a file system.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SmallDiskFactAttribute : FactAttribute
{
    private static readonly bool CanMount = TryMount();

    public SmallDiskFactAttribute()
    {
        if (!TestDatabase.IsSqlite)
            Skip = "The database is not a file.";
        else if (!CanMount)
            Skip = "This user may not mount a file system.";
    }

    private static bool TryMount()
    {
        try
        {
            using var disk = SmallDisk.Mount(megabytes: 1);
            return true;
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}

/// <summary>A file system in memory that is full soon. It goes with all that is in it.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string folder) => Folder = folder;

    public string Folder { get; }

    private string Filler => Path.Combine(Folder, "filler");

    /// <exception cref="InvalidOperationException">This user may not mount.</exception>
    public static SmallDisk Mount(int megabytes)
    {
        var folder = Directory.CreateTempSubdirectory("pulse-disk-").FullName;
        if (Run("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={megabytes}m"), "tmpfs", folder))
            return new SmallDisk(folder);
        Directory.Delete(folder);
        throw new InvalidOperationException("The file system could not be mounted.");
    }

    /// <summary>Takes all the room that is left.</summary>
    public void Fill()
    {
        using var file = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var block = new byte[4096];
        try
        {
            while (true)
                file.Write(block);
        }
        catch (IOException)
        {
            // It is full.
        }
    }

    public void MakeRoom() => File.Delete(Filler);

    public void Dispose()
    {
        // Lazily: a program that is just ending may still have a file open.
        Run("umount", "-l", Folder);
        Directory.Delete(Folder);
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
