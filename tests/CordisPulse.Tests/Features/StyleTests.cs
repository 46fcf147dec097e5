using System.Globalization;
using System.Text.RegularExpressions;
using CordisPulse.Core.Catalogue;

namespace CordisPulse.Tests.Features;

/// <summary>The style sheet's colours: the same as the program's, and legible on their ground.</summary>
public sealed partial class StyleTests(PulseApp app) : IClassFixture<PulseApp>
{
    private const double LeastContrast = 4.5;

    [Fact]
    public async Task The_sector_colours_are_the_programs_own_in_both_modes()
    {
        var (light, dark) = await ReadAsync();

        Assert.Equal(SectorColours.Paper, light["paper"]);
        Assert.Equal(SectorColours.PaperDark, dark["paper"]);
        Assert.Equal(SectorColours.News, new SectorColour(light["news"], dark["news"]));
        Assert.Equal(SectorColours.All, SectorColours.All.Select((_, index) => string.Create(CultureInfo.InvariantCulture, $"sector-{index}")).Select(name => new SectorColour(light[name], dark[name])));
        Assert.DoesNotContain(string.Create(CultureInfo.InvariantCulture, $"sector-{SectorColours.All.Count}"), light.Keys);
    }

    [Fact]
    public async Task Every_colour_of_words_is_legible_on_every_ground()
    {
        var (light, dark) = await ReadAsync();
        foreach (var mode in new[] { light, dark })
        {
            var words = mode.Keys.Where(name => name is "ink" or "soft" or "link" or "bad" or "news" || name.StartsWith("sector-", StringComparison.Ordinal));
            foreach (var name in words)
                foreach (var ground in new[] { "paper", "sheet" })
                    Assert.True(Contrast(mode[name], mode[ground]) >= LeastContrast, $"{name} {mode[name]} on {ground} {mode[ground]}: {Contrast(mode[name], mode[ground]):0.00}");
            Assert.True(Contrast(mode["ink"], mode["mark"]) >= LeastContrast);
            // WCAG 2.2, 1.4.11: what shows where a field is.
            Assert.True(Contrast(mode["edge"], mode["paper"]) >= 3);
        }
    }

    [Theory]
    [InlineData("/subscribe")]
    [InlineData("/editor/sign-in")]
    public async Task The_icon_is_there_and_of_the_programs_colours(string path)
    {
        using var visitor = app.Visit();
        var icon = await visitor.GetAsync((await visitor.GetAsync(path)).One("link[rel=icon]").GetAttribute("href")!);

        Assert.Equal("image/svg+xml", icon.Headers["Content-Type"]);
        Assert.Subset(
            SectorColours.All.Select(colour => colour.OnLight).Append(SectorColours.Paper).ToHashSet(),
            icon.Document.QuerySelectorAll("rect").Select(rect => rect.GetAttribute("fill")!).ToHashSet());
    }

    private async Task<(Dictionary<string, string> Light, Dictionary<string, string> Dark)> ReadAsync()
    {
        using var visitor = app.Visit();
        var css = (await visitor.GetAsync("/css/site.css")).Html;
        var light = Colours(css[..css.IndexOf("@media", StringComparison.Ordinal)]);
        var start = css.IndexOf("@media (prefers-color-scheme: dark)", StringComparison.Ordinal);
        return (light, Colours(css[start..css.IndexOf("}\n}", start, StringComparison.Ordinal)]));
    }

    private static Dictionary<string, string> Colours(string css)
        => Token().Matches(css).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);

    /// <summary>WCAG 2.2: the ratio of relative luminances.</summary>
    private static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string colour)
    {
        double Channel(int at)
        {
            var value = int.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }

        return 0.2126 * Channel(1) + 0.7152 * Channel(3) + 0.0722 * Channel(5);
    }

    [GeneratedRegex("--([a-z0-9-]+): (#[0-9a-f]{6});")]
    private static partial Regex Token();
}
