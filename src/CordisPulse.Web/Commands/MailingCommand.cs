using System.CommandLine;
using System.Globalization;
using System.Text;
using CordisPulse.Core;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Mailings;
using CordisPulse.Core.Site;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Web.Areas.Editor.Certificate;

namespace CordisPulse.Web.Commands;

/// <summary><c>mailing send</c>, <c>status</c>, <c>schedule</c>, <c>unschedule</c>, <c>pause</c>, <c>resume</c>, <c>cancel</c>, <c>certificate</c> and <c>late</c>.</summary>
internal static class MailingCommand
{
    public static Command Create() => new("mailing", "Send an edition to its subscribers, and see how far it is.")
    {
        Send(),
        Status(),
        Schedule(),
        Unschedule(),
        Act("pause", "Pause a mailing of an edition; messages under way are finished.", "Paused", (services, name, token) => services.GetRequiredService<MailingControl>().PauseAsync(name, token)),
        Act("resume", "Let a paused mailing go on.", "Goes on", (services, name, token) => services.GetRequiredService<MailingControl>().ResumeAsync(name, token)),
        Act("cancel", "End a mailing of an edition for good; whoever has not been sent to is skipped.", "Cancelled", (services, name, token) => services.GetRequiredService<MailingControl>().CancelAsync(name, token)),
        Certificate(),
        Late(),
    };

    private static Command Send()
    {
        var month = Month();
        var wait = new Option<bool>("--wait") { Description = "Send from this process as well, and watch to the end." };
        var confirm = new Option<string?>("--confirm") { Description = "The month once more: needed for an edition that first appeared elsewhere.", HelpName = "YYYY-MM" };
        var colleagues = ColleaguesFirst();
        var command = new Command("send", "Start the mailing of a published edition, or join the one that runs.") { month, wait, confirm, colleagues };
        command.SetAction((parsed, cancellationToken) => CommandHost.RunAsync(prepareDatabase: true, async services =>
        {
            var edition = parsed.GetRequiredValue(month);
            if (parsed.GetValue(confirm)?.Trim() != edition.ToString())
                await RefuseOldAsync(services, edition, cancellationToken);
            var started = await services.GetRequiredService<MailingStarter>().StartAsync(
                new StartMailing { Month = edition, ById = null, ConfirmMonth = parsed.GetValue(confirm), ColleaguesFirst = parsed.GetValue(colleagues) }, cancellationToken);
            await Console.Out.WriteLineAsync(
                $"{(started.HasJoined ? "The mailing is there already" : "The mailing has started")}: {edition.Title} to {Counted.Of(started.Recipients, "recipient")}.");
            if (started.CopiesRefused is { } refused)
                await Console.Error.WriteLineAsync($"Not every colleague got a copy: {refused}");
            if (parsed.GetValue(wait))
                await MailingWatch.RunAsync(services, edition, cancellationToken);
        }, cancellationToken));
        return command;
    }

    /// <summary>Says, in the command's own words, what an edition that could be sent for the first time still needs.</summary>
    private static async Task RefuseOldAsync(IServiceProvider services, EditionMonth month, CancellationToken cancellationToken)
    {
        var draft = await services.GetRequiredService<EditionDocumentReader>().ReadDraftAsync(month, cancellationToken);
        if (draft is not { FirstPublishedElsewhere: true, Status: EditionStatus.Published })
            return;
        if (await services.GetRequiredService<MailingReports>().ProgressAsync(month, cancellationToken) is null or { IsStoppedInTime: true })
            throw new RefusedException($"{month.Title} first appeared elsewhere, and its readers may have had it. To send it all the same, add --confirm {month}.");
    }

    private static Command Status()
    {
        var (month, which) = (Month(), Which());
        var json = new Option<bool>("--json") { Description = "As JSON on one line." };
        var command = new Command("status", "Say how far a mailing of an edition is.") { month, which, json };
        command.SetAction((parsed, cancellationToken) => CommandHost.RunAsync(prepareDatabase: true, async services =>
        {
            var status = await services.GetRequiredService<MailingReports>().StatusAsync(Name(parsed, month, which), cancellationToken);
            await Console.Out.WriteLineAsync(parsed.GetValue(json) ? status.ToJson() : Describe(status));
        }, cancellationToken));
        return command;
    }

    private static Command Schedule()
    {
        var month = Month();
        var at = new Option<string>("--at") { Description = "Day and time in the United Kingdom, such as \"2026-12-07 09:00\"; GMT or BST behind it where the hour occurs twice.", HelpName = "TIME", Required = true };
        at.Validators.Add(result =>
        {
            if (UkTime.Read(result.GetValueOrDefault<string>(), clock: null).Problem is { } problem)
                result.AddError($"--at: {problem}");
        });
        var note = new Option<string?>("--note") { Description = "For colleagues: what is new in what is published then.", HelpName = "TEXT" };
        note.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>()?.Length > Limits.Note)
                result.AddError($"--note can have {Limits.Note} characters.");
        });
        var confirm = new Option<string?>("--confirm") { Description = "The month once more: needed for an edition that first appeared elsewhere.", HelpName = "YYYY-MM" };
        var colleagues = ColleaguesFirst();
        var command = new Command("schedule", "Publish and mail an edition, as it stands now, at a time; or change when.") { month, at, note, confirm, colleagues };
        command.SetAction((parsed, cancellationToken) => CommandHost.RunAsync(prepareDatabase: true, async services =>
        {
            var schedule = new ScheduleMailing
            {
                Month = parsed.GetRequiredValue(month),
                AtUtc = UkTime.Read(parsed.GetRequiredValue(at), clock: null).Utc!.Value,
                ById = null,
                Note = parsed.GetValue(note),
                ConfirmMonth = parsed.GetValue(confirm),
                ColleaguesFirst = parsed.GetValue(colleagues),
            };
            await services.GetRequiredService<MailingSchedules>().ScheduleAsync(schedule, cancellationToken);
            await Console.Out.WriteLineAsync($"{schedule.Month.Title} is scheduled for {UkTime.Minute(schedule.AtUtc)}, UK time. A server must be running then.");
        }, cancellationToken));
        return command;
    }

    private static Command Unschedule()
    {
        var month = Month();
        var command = new Command("unschedule", "Take the schedule of an edition back.") { month };
        command.SetAction((parsed, cancellationToken) => CommandHost.RunAsync(prepareDatabase: true, async services =>
        {
            await services.GetRequiredService<MailingSchedules>().UnscheduleAsync(parsed.GetRequiredValue(month), cancellationToken);
            await Console.Out.WriteLineAsync($"No longer scheduled: {parsed.GetRequiredValue(month).Title}.");
        }, cancellationToken));
        return command;
    }

    private static Command Late()
    {
        var month = Month();
        var email = new Argument<string>("email") { HelpName = "EMAIL", Description = "Of somebody on the list." };
        email.Validators.Add(result =>
        {
            if (!EmailAddress.TryParse(result.GetValueOrDefault<string>(), out _, out var problem))
                result.AddError($"{problem}");
        });
        var command = new Command("late", "Send an edition that goes out, or has gone, to one person who was not on the list at its start.") { month, email };
        command.SetAction((parsed, cancellationToken) => CommandHost.RunAsync(prepareDatabase: true, async services =>
        {
            var late = services.GetRequiredService<LateMailings>();
            if (!EmailAddress.TryParse(parsed.GetRequiredValue(email), out var address, out var problem))
                throw new RefusedException(problem);
            var name = await late.SendAsync(
                new SendLate { Month = parsed.GetRequiredValue(month), SubscriberId = await late.FindAsync(address, cancellationToken), ById = null }, cancellationToken);
            await Console.Out.WriteLineAsync($"Started: {name.Title} ({name.Part}). A server must be running to send it.");
        }, cancellationToken));
        return command;
    }

    private static Command Certificate()
    {
        var (month, which) = (Month(), Which());
        var json = new Option<bool>("--json") { Description = "As JSON." };
        var csv = new Option<bool>("--csv") { Description = "As CSV, a line for each number." };
        var command = new Command("certificate", "Say what a mailing came to, made afresh from the ledger.") { month, which, json, csv };
        command.Validators.Add(result =>
        {
            if (result.GetValue(json) && result.GetValue(csv))
                result.AddError("Choose --json or --csv, not both.");
        });
        command.SetAction((parsed, cancellationToken) => CommandHost.RunAsync(prepareDatabase: true, async services =>
        {
            var certified = await services.GetRequiredService<MailingCertificates>().ReadAsync(Name(parsed, month, which), cancellationToken);
            var fresh = certified.Fresh;
            await Console.Out.WriteLineAsync(
                parsed.GetValue(json) ? fresh.ToJson() : parsed.GetValue(csv) ? Encoding.UTF8.GetString(await CertificateCsv.OfAsync(fresh, cancellationToken)).TrimEnd() : Describe(fresh));
            if (certified.Differs)
                await Console.Error.WriteLineAsync($"This differs from the certificate that was kept on {UkTime.Minute(certified.KeptUtc)}, UK time (SHA-256 {certified.Sha256}).");
        }, cancellationToken));
        return command;
    }

    private static string Describe(CertificateContent certificate) => string.Create(CultureInfo.InvariantCulture, $"""
        {certificate.Name.Title}: {certificate.State}, revision {certificate.Revision}
          {certificate.Enrolled} enrolled = {certificate.Accepted} accepted + {certificate.CountedAsSent} counted as sent + {certificate.Failed} failed + {certificate.Skipped} skipped{(certificate.Open > 0 ? $" + {certificate.Open} open" : "")}
          started    {UkTime.Second(certificate.Started)}, by {certificate.StartedBy ?? "the command line"}
          ended      {UkTime.Second(certificate.Ended)}
          by way of  {certificate.Transport}
          SHA-256    {CertificateContent.Sha256(certificate.ToJson())}
        """);

    private static Command Act(string name, string description, string done, Func<IServiceProvider, MailingName, CancellationToken, Task> act)
    {
        var (month, which) = (Month(), Which());
        var command = new Command(name, description) { month, which };
        command.SetAction((parsed, cancellationToken) => CommandHost.RunAsync(prepareDatabase: true, async services =>
        {
            var mailing = Name(parsed, month, which);
            await act(services, mailing, cancellationToken);
            await Console.Out.WriteLineAsync($"{done}: {mailing.Title}.");
        }, cancellationToken));
        return command;
    }

    private static Option<bool> ColleaguesFirst()
        => new("--colleagues-first") { Description = "Send to the colleagues named at the desk first, and to everybody else after Mail:WaitBeforeSending." };

    private static string Describe(MailingStatus status)
    {
        if (status is { State: MailingState.Scheduled })
            return $"{status.Edition.Title}: Scheduled for {UkTime.Minute(status.ScheduledForUtc)}, UK time{(status.Notice is null ? "" : $". Held: {status.Notice}")}";
        var counts = status.Deliveries;
        return string.Create(CultureInfo.InvariantCulture, $"""
            {status.Edition.Title}: {status.State}
              sent       {counts.Sent}
              waiting    {counts.Pending}
              under way  {counts.Attempting}
              retrying   {counts.Deferred}
              failed     {counts.Failed}
              uncertain  {counts.Uncertain}
              skipped    {counts.Skipped}
            """);
    }

    private static Argument<string?> Which()
    {
        var which = new Argument<string?>("which") { Description = "A correction or late mailing, such as correction-1; left out, the edition's own.", Arity = ArgumentArity.ZeroOrOne };
        which.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !MailingName.TryParse(default, token.Value, out _))
                result.AddError($"'{token.Value}' is not a mailing like correction-1 or late-2.");
        });
        return which;
    }

    private static MailingName Name(ParseResult parsed, Argument<EditionMonth> month, Argument<string?> which)
        => MailingName.TryParse(parsed.GetRequiredValue(month), parsed.GetValue(which), out var name) ? name : parsed.GetRequiredValue(month);

    private static Argument<EditionMonth> Month() => new("month")
    {
        HelpName = "YYYY-MM",
        Description = "The edition's month, such as 2022-03.",
        CustomParser = result =>
        {
            if (EditionMonth.TryParse(result.Tokens[0].Value, out var month))
                return month;
            result.AddError($"'{result.Tokens[0].Value}' is not a month like 2022-03.");
            return default;
        },
    };
}
