using CordisPulse.Core.Archive;

namespace CordisPulse.Web.Hosting;

/// <summary>Keeps what is in memory of the archive up to what readers see, so that nobody waits for it.</summary>
internal sealed class ArchiveCounting(ArchiveCounts counts, GoneLinks gone) : IDueWork
{
    public string Name => "Counting the archive";

    public async Task BeginDueAsync(CancellationToken cancellationToken)
    {
        await counts.ReadAsync(cancellationToken);
        await gone.ReadAsync(cancellationToken);
    }

    public Task EndAsync() => Task.CompletedTask;
}
