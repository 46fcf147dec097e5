using CordisPulse.Core.Accounts;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Checks;
using CordisPulse.Tests.Builders;
using Microsoft.EntityFrameworkCore;
using static CordisPulse.Tests.Editions.Checks.ProofReading;

namespace CordisPulse.Tests.Editions.Checks;

/// <summary>Where a name belongs, no address stands.</summary>
public sealed class AddressAsNameTests(PulseApp app) : IClassFixture<PulseApp>
{
    [Theory]
    [InlineData(" https://example.org/reports/2022 ", true)]
    [InlineData("HTTP://www.example.org", true)]
    [InlineData("example.org: ten years on", false)]
    [InlineData("What https:// means", false)]
    [InlineData("mailto:jo@example.org", false)]
    public async Task A_title_and_a_source_are_names(string words, bool isTold)
    {
        var edition = EditionOf("What it says.").MapItems(item => item with { Title = words, Source = words }) with { News = [new DocumentNews { NewsItemId = 7, Title = words, Body = "More." }] };

        var told = (await app.CheckAsync(edition)).Where(finding => finding.Kind is FindingKinds.TitleAddress or FindingKinds.SourceAddress).ToList();

        Assert.Equal(
            isTold ? [(FindingPlace.Item, FindingField.Title), (FindingPlace.Item, FindingField.Source), (FindingPlace.News, FindingField.Title)] : [],
            told.Select(finding => (finding.Place, finding.Field!.Value)));
        Assert.All(told, finding => Assert.Equal(FindingSeverity.Warning, finding.Severity));
    }

    [Fact]
    public async Task A_title_that_is_an_address_is_mended_where_it_is_told()
    {
        var edition = await new EditionBuilder().Item("https://example.org/lampposts").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var page = await editor.GetAsync($"/editor/editions/{edition.Month}/checks");
        var field = page.One(".warning[data-kind='title-address'] .mend input[name$='.Value']");
        Assert.Equal("https://example.org/lampposts", field.GetAttribute("value"));

        await editor.SubmitAsync(page, new() { [field.GetAttribute("name")!] = "Counting lampposts" }, "#mends", ".warning[data-kind='title-address'] .mend button");

        Assert.Equal("Counting lampposts", await app.QueryAsync(db => db.EditionItems.Where(item => item.Id == edition.Items[0].Id).Select(item => item.Title).SingleAsync()));
        Assert.Null((await editor.GetAsync($"/editor/editions/{edition.Month}/checks")).Document.QuerySelector("[data-kind='title-address']"));
    }
}
