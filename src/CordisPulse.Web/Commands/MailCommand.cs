using System.CommandLine;
using System.Net;
using System.Text.Json;
using CordisPulse.Core;
using CordisPulse.Core.Mail.Checks;

namespace CordisPulse.Web.Commands;

internal static class MailCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Create() => new("mail", "The mail server and what receivers make of our mail.") { Check() };

    private static Command Check()
    {
        var sendsFrom = new Option<IPAddress?>("--sends-from")
        {
            Description = "The IP address from which receivers get the mail, to look at its reverse name and whether SPF names it.",
            HelpName = "ADDRESS",
            CustomParser = result =>
            {
                if (IPAddress.TryParse(result.Tokens[0].Value, out var address))
                    return address;
                result.AddError($"'{result.Tokens[0].Value}' is not an IP address like 192.0.2.25.");
                return null;
            },
        };
        var json = new Option<bool>("--json") { Description = "Write the findings as JSON." };
        var command = new Command("check", "Connect to the mail server and look at signature, SPF, DKIM, DMARC and one-click, with what to put into the DNS.") { sendsFrom, json };
        command.SetAction((parsed, cancellationToken) => CommandHost.RunAsync(prepareDatabase: false, async services =>
        {
            var findings = await services.GetRequiredService<MailCheck>().RunAsync(new CheckMail { SendsFrom = parsed.GetValue(sendsFrom) }, cancellationToken);
            await Console.Out.WriteLineAsync(parsed.GetValue(json) ? ToJson(findings) : ToText(findings));
            var wrong = findings.Count(finding => finding.Grade == MailGrade.Wrong);
            if (wrong > 0)
                throw new RefusedException($"{Counted.Of(wrong, "finding is", "findings are")} wrong.");
        }, cancellationToken));
        return command;
    }

    private static string ToText(IReadOnlyList<MailFinding> findings) => string.Join(Environment.NewLine, findings.SelectMany(finding => finding.Record is null
        ? [Line(finding)]
        : new[] { Line(finding), "", $"         {finding.Record}", "" }));

    private static string Line(MailFinding finding) => $"{finding.Grade.ToString().ToLowerInvariant(),-8} {finding.Message}";

    private static string ToJson(IReadOnlyList<MailFinding> findings) => JsonSerializer.Serialize(
        findings.Select(finding => new { finding.Kind, Grade = finding.Grade.ToString().ToLowerInvariant(), finding.Message, finding.Record }),
        Json);
}
