using CordisPulse.Core.Mail;
using FsCheck;
using FsCheck.Fluent;

namespace CordisPulse.Tests.Mailings.Ledger;

/// <summary>Random histories of a mailing, checked step by step against a model. A failing one is made as short as can be before it is shown.</summary>
public sealed class LedgerModelTests
{
    [Theory]
    [InlineData(WhenUncertain.Resend)]
    [InlineData(WhenUncertain.Ask)]
    public async Task However_a_mailing_goes_nobody_is_missed_and_every_repeat_was_in_doubt(WhenUncertain whenUncertain)
    {
        await using var app = new PulseApp().With("Mail:WhenUncertain", whenUncertain.ToString());
        _ = app.Address;
        await Task.Run(() => Prop.ForAll<byte[]>(history => PlayAsync(app, whenUncertain, history).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(LongRun.Pick(25, 1500)).WithStartSize(40).WithEndSize(260)));
    }

    private static async Task PlayAsync(PulseApp app, WhenUncertain whenUncertain, byte[] history)
    {
        var run = await LedgerRun.StartAsync(app, whenUncertain);
        foreach (var step in LedgerStep.Read(history))
            await run.TakeAsync(step);
        await run.EndAsync();
    }
}
