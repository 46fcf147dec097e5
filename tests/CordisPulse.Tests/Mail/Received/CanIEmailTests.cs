using System.Diagnostics;
using System.Text.Json;

namespace CordisPulse.Tests.Mail.Received;

/// <summary>A test that needs Node and the package <c>caniemail</c>, which <c>tests/run</c> puts into <c>artifacts/caniemail</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CanIEmailFactAttribute : FactAttribute
{
    public CanIEmailFactAttribute() => Skip = CanIEmail.Folder is null ? "caniemail is not installed: tests/run does that where there is Node." : null;
}

internal static class CanIEmail
{
    /// <summary>Null where it is not installed.</summary>
    public static string? Folder { get; } = Above(AppContext.BaseDirectory)
        .Where(folder => File.Exists(Path.Combine(folder, "CordisPulse.sln")))
        .Select(folder => Path.Combine(folder, "artifacts", "caniemail"))
        .FirstOrDefault(folder => Directory.Exists(Path.Combine(folder, "node_modules", "caniemail")));

    private static IEnumerable<string> Above(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
            yield return at.FullName;
    }
}

/// <summary>Whatever caniemail.com lists as unsupported in the programs that our readers have is not in our mails, save what is accepted here.</summary>
[Collection(AllReceivedMail.Name)]
public sealed class CanIEmailTests(ReceivedMailFixture mail)
{
    /// <summary>What some programs do not support and we use all the same, each because the mail is as good without it there.</summary>
    private static readonly Dictionary<string, string> AcceptedWithout = new()
    {
        ["<body> element"] = "There is no mail without one. Programs that drop it lose the ground's colour, which the outermost table gives again.",
        ["<style> element"] = "Holds dark colours and sizes for telephones. Without it every style that matters stands on its tag.",
        ["@media"] = "The same.",
        ["color-scheme CSS property"] = "Says that the mail has dark colours. Programs that do not know it leave the mail light or turn its colours round, and both stay readable.",
        ["color-scheme meta tag"] = "The same.",
        ["display:none"] = "Hides the line that the list of mails shows. On Gmail's page for telephones it is seen above the mail, as a sentence like any other.",
        ["white-space"] = "Wraps long preformatted lines. The element keeps its line ends by itself.",
        ["word-wrap"] = "Breaks a word that is longer than the column. Outlook for Windows breaks none, whatever one writes; there the column grows.",
        ["table-layout"] = "Keeps the column as narrow as the window, for the same words. Outlook for Windows has the table of 640 pixels that is written for it.",
    };

    /// <summary>What programs support in part, the other part being none that we use.</summary>
    private static readonly Dictionary<string, string> AcceptedInPart = new()
    {
        ["<ul>, <ol> and <dl>"] = "No list is reversed or numbered by hand.",
        ["align attribute"] = "Tables are centred, not put to a side.",
        ["background"] = "Colours alone.",
        ["border"] = "No wider than 4 pixels, and as a rule above a heading.",
        ["dir attribute"] = "On the document alone.",
        ["display"] = "With none alone, on no table or image.",
        ["font-size"] = "In pixels.",
        ["font-weight"] = "700 alone, which is bold everywhere.",
        ["lang attribute"] = "On the document alone.",
        ["letter-spacing"] = "Half a pixel less, in the month above the edition.",
        ["line-height"] = "In pixels; a little more or less changes nothing.",
        ["margin"] = "Never negative, never auto; where it is lost, lines stand closer.",
        ["max-width"] = "On the table, which is the one place where Outlook follows it; Apple Mail on telephones is narrower anyway.",
        ["padding"] = "What matters stands on table cells; elsewhere a heading or a list comes closer to its neighbour.",
        ["role attribute"] = "On tables alone.",
        ["text-align"] = "Left alone.",
        ["text-decoration"] = "None and nothing else; with other accounts in the Gmail app the titles in the contents are underlined.",
        ["white-space"] = "For preformatted text, whose lines are long in some programs.",
        ["width attribute"] = "On tables, and there are no images.",
        ["word-wrap"] = "See above.",
        ["table-layout"] = "See above.",
    };

    [CanIEmailFact]
    public async Task Nothing_is_unsupported_that_a_reader_would_miss()
    {
        var mails = mail.OneOfEach.Select(one => new { name = one.What.ToString(), html = one.Html }).Append(new { name = "every style", html = EveryStyle() });
        var findings = await CheckAsync(JsonSerializer.Serialize(mails));

        Assert.Contains(findings, finding => finding is { Feature: "color-scheme meta tag", Level: "none", Client: "outlook.windows" });
        var missed = findings.Where(finding => !AcceptedWithout.ContainsKey(finding.Feature) && (finding.Level == "none" || !AcceptedInPart.ContainsKey(finding.Feature)));
        Assert.True(!missed.Any(), string.Join('\n', missed.GroupBy(finding => $"{finding.Level} {finding.Feature} in {finding.Name}: {finding.Notes}", finding => finding.Client).Select(group => $"{group.Key} {string.Join(' ', group)}")));
        // What is accepted and no longer found is accepted no longer.
        Assert.Empty(AcceptedWithout.Keys.Except(findings.Where(finding => finding.Level == "none").Select(finding => finding.Feature)));
        Assert.Empty(AcceptedInPart.Keys.Except(findings.Select(finding => finding.Feature)));
    }

    /// <summary>Every sort of text that staff can write, which the sample need not have.</summary>
    private static string EveryStyle()
    {
        using var markdown = new CordisPulse.Core.Mailings.Messages.MailMarkdown(new CordisPulse.Core.Rendering.MarkdownRenderer());
        return $"<!doctype html><html><body>{markdown.ToHtml("**bold** *thin* `code` [link](https://example.org)\n\n- one\n\n1. first\n\n> quoted\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n    pre\n\n---\n\n# H\n\n## H\n\n### H\n\n~~old~~ H~2~O", 2)}</body></html>";
    }

    private static async Task<IReadOnlyList<Finding>> CheckAsync(string mails)
    {
        using var process = Process.Start(new ProcessStartInfo("node", [Path.Combine(AppContext.BaseDirectory, "CanIEmail", "check.mjs"), CanIEmail.Folder!])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(mails);
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        Assert.True(process.ExitCode == 0, await error);
        return JsonSerializer.Deserialize<List<Finding>>(await output, JsonSerializerOptions.Web)!;
    }

    private sealed record Finding(string Name, string Feature, string Level, string Client, string Notes);
}
