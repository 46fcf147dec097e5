using CordisPulse.Core.Accounts;
using CordisPulse.Tests.Builders;

namespace CordisPulse.Tests.Areas.Editor.Compose;

/// <summary>The board beside what the last editions had, and beside what a mail may weigh.</summary>
public sealed class BalanceTests(PulseApp app) : IClassFixture<PulseApp>
{
    [Fact]
    public async Task A_box_stands_beside_its_mean_and_a_gap_is_seen()
    {
        var edition = await new EditionBuilder().With(edition => edition.Month = new(2024, 1))
            .Item("First").Item("Second", sector: "criminal")
            .SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var address = $"/editor/editions/{edition.Month}";
        await PublishedAsync("2023-10", 3, 2);
        await PublishedAsync("2023-11", 4, 0);
        Assert.Empty((await editor.GetAsync(address)).Texts(".balance"));

        await PublishedAsync("2023-12", 4, 0, "briefings");
        var board = await editor.GetAsync(address);

        Assert.Equal(["1 · usually 2", "none yet · usually 1", "1 · usually 1"], board.Texts(".balance"));
        Assert.Equal(["none yet · usually 1"], board.Texts(".balance.gap"));
        Assert.Contains("items, usually 4", board.One(".facts").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_mails_size_is_a_bar_and_its_largest_summaries_are_named()
    {
        var builder = new EditionBuilder();
        foreach (var words in new[] { 10, 400, 20, 300, 200 })
            builder.Item($"Item of {words}", item => item.Summary = string.Join(' ', Enumerable.Repeat("word", words)));
        var edition = await builder.SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);

        var board = await editor.GetAsync($"/editor/editions/{edition.Month}");

        Assert.Equal("102000", board.One("#mail-size").GetAttribute("max"));
        Assert.InRange(int.Parse(board.One("#mail-size").GetAttribute("value")!, System.Globalization.CultureInfo.InvariantCulture), 5_000, 102_000);
        Assert.Equal(["Item of 400", "Item of 300", "Item of 200"], board.Texts(".budget li a"));
        Assert.Contains("2.1 KB", board.One(".budget li").TextContent, StringComparison.Ordinal);
    }

    private Task PublishedAsync(string month, int adult, int justice, string section = "reports") => new PublishedEditionBuilder(month)
        .With([.. Enumerable.Range(0, adult).Select(i => new BuiltItem($"Adult {i}") { Section = section })])
        .With([.. Enumerable.Range(0, justice).Select(i => new BuiltItem($"Justice {i}") { Sector = "criminal-justice" })])
        .SaveAsync(app);
}
