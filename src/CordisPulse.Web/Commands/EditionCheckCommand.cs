using System.CommandLine;
using System.Text.Json;
using CordisPulse.Core;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Checks;
using CordisPulse.Core.Editions.Links;

namespace CordisPulse.Web.Commands;

internal static class EditionCheckCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Create()
    {
        var month = CommandArguments.Month();
        var json = new Option<bool>("--json") { Description = "Write the findings as JSON." };
        var command = new Command("check", "Run the checks on an edition's working text.") { month, json };
        command.SetAction((parsed, cancellationToken) => CommandHost.RunAsync(prepareDatabase: true, async services =>
        {
            var document = await services.GetRequiredService<EditionDocumentReader>().ReadDraftAsync(parsed.GetValue(month), cancellationToken)
                ?? throw new RefusedException($"There is no edition of {parsed.GetValue(month)}.");
            var findings = await services.GetRequiredService<EditionChecks>().RunAsync(document, cancellationToken);
            var looks = await services.GetRequiredService<LinkLooks>().OfAsync(document, cancellationToken);
            await Console.Out.WriteLineAsync(parsed.GetValue(json) ? ToJson(findings) : ToText(findings, looks));
        }, cancellationToken));
        return command;
    }

    private static string ToJson(IReadOnlyList<Finding> findings) => JsonSerializer.Serialize(
        findings.Select(finding => new
        {
            finding.Kind,
            Severity = finding.Severity.ToString().ToLowerInvariant(),
            Place = finding.Place.ToString().ToLowerInvariant(),
            finding.Id,
            finding.Title,
            finding.Message,
            finding.LeftBecause,
        }),
        Json);

    private static string ToText(IReadOnlyList<Finding> findings, EditionLinkLooks looks)
    {
        var lines = findings.Select(finding =>
            $"{finding.Severity.ToString().ToLowerInvariant(),-8} {finding.Kind,-22} {(finding.Title is null ? "" : $"“{finding.Title}”: ")}{finding.Message}"
            + (finding.LeftBecause is null ? "" : $" (Left: {finding.LeftBecause})"));
        if (looks.NotLookedAt > 0)
            lines = lines.Append($"{Counted.Of(looks.NotLookedAt, "link was", "links were")} not looked at yet.");
        var errors = findings.Count(finding => finding.Severity == FindingSeverity.Error);
        return string.Join(Environment.NewLine, lines.Append($"{Counted.Of(errors, "error")}, {Counted.Of(findings.Count - errors, "warning")}."));
    }
}
