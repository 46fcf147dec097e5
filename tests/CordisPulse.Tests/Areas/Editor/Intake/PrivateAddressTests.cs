using CordisPulse.Core.Accounts;
using CordisPulse.Core.Intake;
using CordisPulse.Tests.Outbound;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Areas.Editor.Intake;

public sealed class PrivateAddressTests(PulseApp app) : IClassFixture<PulseApp>
{
    [Fact]
    public async Task A_link_into_a_private_network_is_not_followed_unless_a_setting_says_so()
    {
        await using var site = await LoopbackSite.StartAsync();
        site.Html("/", "<title>secret</title>");
        using var editor = await app.SignInAsync(Roles.Editor);

        await editor.SubmitAsync(await editor.GetAsync("/editor/intake"), new() { ["Form.Links"] = site.Address.ToString() }, "#links-form");

        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        IntakeEntry entry;
        while ((entry = await app.QueryAsync(db => db.IntakeEntries.AsNoTracking().Include(e => e.Item).SingleAsync())).NextReadingUtc is not null)
            await Task.Delay(50, patience.Token);
        Assert.Equal((PageReading.Failed, "It leads to this machine or a private network, which is not looked at.", ""), (entry.Reading, entry.Problem, entry.Item!.Title));
        Assert.Equal(0, site.Requests);
        Assert.Contains("Intake (1)", (await editor.GetAsync("/editor")).Text, StringComparison.Ordinal);
    }
}
