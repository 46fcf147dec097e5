using CordisPulse.Core.Archive;

namespace CordisPulse.Web.Hosting;

/// <summary>Keeps what is counted of the archive up to what readers see, so that nobody waits for it.</summary>
internal sealed class ArchiveCounting(ArchiveCounts counts) : IDueWork
{
    public string Name => "Counting the archive";

    public Task BeginDueAsync(CancellationToken cancellationToken) => counts.ReadAsync(cancellationToken);

    public Task EndAsync() => Task.CompletedTask;
}
