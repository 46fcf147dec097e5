using System.CommandLine;
using System.Globalization;
using CordisPulse.Core;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Mailings;

namespace CordisPulse.Web.Commands;

/// <summary><c>mailing send</c> and <c>mailing status</c>.</summary>
internal static class MailingCommand
{
    public static Command Create() => new("mailing", "Send an edition to its subscribers, and see how far it is.") { Send(), Status() };

    private static Command Send()
    {
        var month = Month();
        var wait = new Option<bool>("--wait") { Description = "Send from this process as well, and watch to the end." };
        var confirm = new Option<string?>("--confirm") { Description = "The month once more: needed for an edition that first appeared elsewhere.", HelpName = "YYYY-MM" };
        var command = new Command("send", "Start the mailing of a published edition, or join the one that runs.") { month, wait, confirm };
        command.SetAction((parsed, cancellationToken) => CommandHost.RunAsync(prepareDatabase: true, async services =>
        {
            var edition = parsed.GetRequiredValue(month);
            if (parsed.GetValue(confirm)?.Trim() != edition.ToString())
                await RefuseOldAsync(services, edition, cancellationToken);
            var started = await services.GetRequiredService<MailingStarter>().StartAsync(
                new StartMailing { Month = edition, ById = null, ConfirmMonth = parsed.GetValue(confirm) }, cancellationToken);
            await Console.Out.WriteLineAsync(
                $"{(started.HasJoined ? "The mailing is there already" : "The mailing has started")}: {edition.Title} to {Counted.Of(started.Recipients, "recipient")}.");
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
        if (await services.GetRequiredService<MailingReports>().ProgressAsync(month, cancellationToken) is null or { State: MailingState.Cancelled, IsUntouched: true })
            throw new RefusedException($"{month.Title} first appeared elsewhere, and its readers may have had it. To send it all the same, add --confirm {month}.");
    }

    private static Command Status()
    {
        var month = Month();
        var json = new Option<bool>("--json") { Description = "As JSON on one line." };
        var command = new Command("status", "Say how far the mailing of an edition is.") { month, json };
        command.SetAction((parsed, cancellationToken) => CommandHost.RunAsync(prepareDatabase: true, async services =>
        {
            var status = await services.GetRequiredService<MailingReports>().StatusAsync(parsed.GetRequiredValue(month), cancellationToken);
            await Console.Out.WriteLineAsync(parsed.GetValue(json) ? status.ToJson() : Describe(status));
        }, cancellationToken));
        return command;
    }

    private static string Describe(MailingStatus status)
    {
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
