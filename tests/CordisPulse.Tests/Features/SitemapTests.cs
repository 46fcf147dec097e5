using System.Globalization;
using System.Net;
using System.Xml.Linq;
using CordisPulse.Core.Editions;
using CordisPulse.Tests.Builders;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Features;

public sealed class SitemapTests(ReadingSite site) : IClassFixture<ReadingSite>
{
    [Theory]
    [InlineData("", "2022-03-07T09:00:00Z")]
    [InlineData("editions", "2022-03-07T09:00:00Z")]
    [InlineData("sources", "2022-03-07T09:00:00Z")]
    [InlineData("editions/2022-02", "2022-02-07T09:00:00Z")]
    [InlineData("editions/2022-02/early-help-spent-well", "2022-02-07T09:00:00Z")]
    [InlineData("sections/briefings", "2022-03-07T09:00:00Z")]
    [InlineData("sectors/criminal-justice", "2022-03-07T09:00:00Z")]
    [InlineData("sources/archive-society", "2018-05-07T09:00:00Z")]
    [InlineData("sources/bright-childhoods", "2022-03-07T09:00:00Z")]
    [InlineData("formats", null)]
    public async Task An_address_says_when_what_it_shows_changed_last(string path, string? changed)
        => Assert.Equal(changed, (await ReadAsync(site, "/sitemap.xml"))[ReadingSite.PublicUrl + path]);

    [Fact]
    public async Task A_large_archive_has_an_index_and_a_file_for_each_year()
    {
        await using var own = new PulseApp();
        await new PublishedEditionBuilder("2020-12").With(new BuiltItem("Old")).SaveAsync(own);
        await new PublishedEditionBuilder("2021-01").With(new BuiltItem("New")).SaveAsync(own);
        await own.QueryAsync(async db =>
        {
            db.ChangeTracker.AutoDetectChangesEnabled = false;
            var published = await db.PublishedEditions.SingleAsync(edition => edition.Month == new EditionMonth(2021, 1));
            for (var number = 2; number <= 10_000; number++)
                db.PublishedItems.Add(new PublishedItem
                {
                    PublishedEditionId = published.Id,
                    Month = published.Month,
                    EditionItemId = 1_000_000 + number,
                    Position = number,
                    Slug = string.Create(CultureInfo.InvariantCulture, $"item-{number}"),
                    Title = "Item",
                    SummaryText = "",
                    PublishedUtc = published.PublishedUtc,
                });
            return await db.SaveChangesAsync();
        });
        var index = await ReadAsync(own, "/sitemap.xml", "sitemapindex");

        Assert.Equal(["pages", "2021", "2020"], index.Keys.Select(address => address[(address.IndexOf('-', StringComparison.Ordinal) + 1)..^4]));
        Assert.Equal("2020-12-07T09:00:00Z", index[$"{own.Address}sitemap-2020.xml"]);
        Assert.Equal([$"{own.Address}editions/2020", $"{own.Address}editions/2020-12", $"{own.Address}editions/2020-12/old"], (await ReadAsync(own, "/sitemap-2020.xml")).Keys);
        Assert.Equal(10_002, (await ReadAsync(own, "/sitemap-2021.xml")).Count);
        Assert.Contains($"{own.Address}sectors/criminal-justice", (await ReadAsync(own, "/sitemap-pages.xml")).Keys);
        using var visitor = own.Visit();
        foreach (var part in new[] { "2019", "x", "99999", "-1", "pages2" })
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync($"/sitemap-{part}.xml")).Status);
    }

    private static async Task<Dictionary<string, string?>> ReadAsync(PulseApp app, string path, string root = "urlset")
    {
        using var visitor = app.Visit();
        var page = await visitor.GetAsync(path);
        Assert.Equal("application/xml; charset=utf-8", page.Headers["Content-Type"]);
        var map = XDocument.Parse(page.Html).Root!;
        Assert.Equal(XName.Get(root, "http://www.sitemaps.org/schemas/sitemap/0.9"), map.Name);
        return map.Elements().ToDictionary(entry => entry.Element(map.Name.Namespace + "loc")!.Value, entry => entry.Element(map.Name.Namespace + "lastmod")?.Value);
    }
}
