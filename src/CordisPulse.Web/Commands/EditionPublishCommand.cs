using System.CommandLine;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Checks;
using CordisPulse.Core.Hosting;

namespace CordisPulse.Web.Commands;

internal static class EditionPublishCommand
{
    public static Command Create()
    {
        var month = CommandArguments.Month();
        var allow = new Option<string[]>("--allow") { Description = "A kind of finding that may pass, or 'all'; can be repeated.", HelpName = "KIND" };
        allow.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value != PublishEdition.AllowAll && !FindingKinds.All.Contains(token.Value)))
                result.AddError($"'{token.Value}' is no kind of finding. Kinds: {string.Join(", ", FindingKinds.All)}, all.");
        });
        var correction = new Option<string>("--correction") { Description = "What was wrong before and is right now; readers are told of it.", HelpName = "TEXT" };
        correction.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>()?.Trim() is not { Length: > 0 and <= Limits.Note })
                result.AddError($"--correction must be a text of at most {Limits.Note} characters.");
        });
        var command = new Command("publish", "Publish an edition on the web; refused when the checks find errors.") { month, allow, correction };
        command.SetAction((parsed, cancellationToken) => CommandHost.RunAsync(prepareDatabase: true, async services =>
        {
            var revision = await services.GetRequiredService<EditionPublisher>().PublishAsync(
                new PublishEdition { Month = parsed.GetValue(month), ById = null, Allow = parsed.GetValue(allow) ?? [], Correction = parsed.GetValue(correction)?.Trim() }, cancellationToken);
            await Console.Out.WriteLineAsync(
                $"{parsed.GetValue(month).Title} is published, revision {revision}: {services.GetRequiredService<PublicAddress>().Links.Edition(parsed.GetValue(month))}");
        }, cancellationToken));
        return command;
    }
}
