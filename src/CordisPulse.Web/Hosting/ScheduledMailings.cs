using System.Collections.Concurrent;
using CordisPulse.Core.Mailings;

namespace CordisPulse.Web.Hosting;

/// <summary>Publishes and mails what is scheduled when its hour has come, and takes back the schedule of what was changed meanwhile.</summary>
internal sealed class ScheduledMailings(IServiceScopeFactory scopes) : IDueWork
{
    /// <summary>By mailing, the last revision with which its text was compared.</summary>
    private readonly ConcurrentDictionary<int, long> _compared = [];

    public string Name => "Publishing and mailing at the hour";

    public async Task BeginDueAsync(CancellationToken cancellationToken)
    {
        List<WaitingSchedule> waiting;
        await using (var scope = scopes.CreateAsyncScope())
            waiting = await scope.ServiceProvider.GetRequiredService<MailingSchedules>().FindAsync(cancellationToken);
        foreach (var schedule in waiting)
        {
            await using var scope = scopes.CreateAsyncScope();
            var schedules = scope.ServiceProvider.GetRequiredService<MailingSchedules>();
            if (schedule.IsDue)
                await schedules.ActAsync(schedule.MailingId, cancellationToken);
            else if (_compared.GetValueOrDefault(schedule.MailingId) != schedule.LastRevisionId)
            {
                await schedules.UnscheduleIfChangedAsync(schedule.MailingId, cancellationToken);
                _compared[schedule.MailingId] = schedule.LastRevisionId;
            }
        }
    }

    public Task EndAsync() => Task.CompletedTask;
}
