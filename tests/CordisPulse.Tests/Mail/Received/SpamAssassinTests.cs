using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace CordisPulse.Tests.Mail.Received;

/// <summary>A test that needs Debian's <c>spamassassin</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SpamAssassinFactAttribute : FactAttribute
{
    public const string Program = "/usr/bin/spamassassin";

    public SpamAssassinFactAttribute() => Skip = File.Exists(Program) ? null : "SpamAssassin is not installed.";
}

[Collection(AllReceivedMail.Name)]
public sealed partial class SpamAssassinTests(ReceivedMailFixture mail)
{
    private const double Most = 0.5;

    [SpamAssassinFact]
    public async Task The_sample_edition_scores_next_to_nothing()
    {
        var message = mail.Edition.Received;
        // As a receiver's server writes it. Addresses set apart for examples count as forged, so it is one that is not.
        var asDelivered = $"""
            Return-Path: <{message.Sender}>
            Received: from relay.sender.example (relay.sender.example [51.140.7.9]) by mx.reader.example (Postfix) with ESMTPS id 4AbCdE for <{message.Recipient}>; {mail.Edition.Raw.Value("Date")}

            """.ReplaceLineEndings("\r\n") + message.Text;

        var (score, tests) = await ScoreAsync(asDelivered);

        Assert.True(score < Most, $"{score}: {tests}");
        Assert.Contains("HTML_MESSAGE", tests, StringComparison.Ordinal);
    }

    /// <returns>The points, and the names of the rules that gave some.</returns>
    private async Task<(double Score, string Tests)> ScoreAsync(string message)
    {
        var home = Directory.CreateDirectory(Path.Combine(mail.Folder, "spamassassin")).FullName;
        // Its rules alone: no network, and nothing that somebody's mail has taught it.
        var start = new ProcessStartInfo(SpamAssassinFactAttribute.Program, ["--local", "--test-mode", "--nocreate-prefs", "--cf", "use_bayes 0", "--cf", "use_auto_welcomelist 0"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["HOME"] = home;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(message);
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        var status = Status().Match(await output);
        Assert.True(status.Success, $"{await error}\n{await output}");
        return (double.Parse(status.Groups[1].Value, CultureInfo.InvariantCulture), string.Concat(status.Groups[2].Value.Where(c => !char.IsWhiteSpace(c))));
    }

    [GeneratedRegex(@"^X-Spam-Status: \w+, score=(-?[0-9.]+) required=\S+\s+tests=(.*?)\s+autolearn=", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Status();
}
