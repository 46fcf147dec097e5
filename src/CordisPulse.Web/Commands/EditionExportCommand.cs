using System.CommandLine;
using CordisPulse.Core;
using CordisPulse.Core.Editions;

namespace CordisPulse.Web.Commands;

internal static class EditionExportCommand
{
    public static Command Create()
    {
        var month = CommandArguments.Month();
        var format = new Option<string>("--format") { Description = "markdown, text, html, eml or json.", Required = true };
        format.AcceptOnlyFromAmong("json");
        var output = new Option<string?>("--output") { Description = "The file to write; standard output when left out.", HelpName = "FILE" };
        var command = new Command("export", "Write an edition's working text in a format.") { month, format, output };
        command.SetAction((parsed, cancellationToken) => CommandHost.RunAsync(prepareDatabase: true, async services =>
        {
            var document = await services.GetRequiredService<EditionDocumentReader>().ReadDraftAsync(parsed.GetValue(month), cancellationToken)
                ?? throw new RefusedException($"There is no edition of {parsed.GetValue(month)}.");
            var text = document.ToJson();
            if (parsed.GetValue(output) is { } path)
                await File.WriteAllTextAsync(path, text, cancellationToken);
            else
                await Console.Out.WriteLineAsync(text);
        }, cancellationToken));
        return command;
    }
}
