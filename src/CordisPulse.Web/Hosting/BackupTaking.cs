using CordisPulse.Core;
using CordisPulse.Core.Data;

namespace CordisPulse.Web.Hosting;

/// <summary>Looks every minute whether a backup is due.</summary>
internal sealed class BackupTaking(ScheduledBackups backups, TimeProvider time, ILogger<BackupTaking> log) : IDueWork
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private DateTimeOffset _next = DateTimeOffset.MinValue;
    private bool _isFailing;

    public string Name => "Backing up";

    public async Task BeginDueAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (!backups.IsAsked || (now < _next && _next - now <= Pause))
            return;
        _next = now + Pause;
        try
        {
            if (await backups.TakeDueAsync(cancellationToken) is { } file)
                log.LogInformation("Backed up to {File}", file);
            _isFailing = false;
        }
        catch (RefusedException e)
        {
            if (!_isFailing)
                log.LogError("No backup: {Reason} Trying again every {Pause}.", e.Message, Pause);
            _isFailing = true;
        }
    }

    public Task EndAsync() => Task.CompletedTask;
}
