using CordisPulse.Core.Editions;

namespace CordisPulse.Tests.Builders;

/// <summary>A site with two editions to read, one from before the site, and one that was taken back.</summary>
public sealed class ReadingSite : PulseApp, IAsyncLifetime
{
    public const string PublicUrl = "https://pulse.example.org/";

    public ReadingSite() => With("Site:PublicUrl", PublicUrl);

    public async Task InitializeAsync()
    {
        await new PublishedEditionBuilder("2018-05").FirstPublishedElsewhere()
            .With(new BuiltItem("A report whose address was lost") { Url = "#", Source = "Archive Society" })
            .SaveAsync(this);
        await new PublishedEditionBuilder("2022-02")
            .With(
                new BuiltItem("Waiting for support at home") { Source = "Society for Care", Summary = "Waits for a **care assessment** grew." },
                new BuiltItem("Early help, spent well") { Sector = "children-and-young-peoples-services", Section = "briefings", Source = "Bright Childhoods" })
            .SaveAsync(this);
        await new PublishedEditionBuilder("2022-03")
            .WithIntroduction("March was about *beginnings*. See [the tool](#tools-for-first-meetings).")
            .WithSetAside("COVER OF A REPORT")
            .WithNews(new DocumentNews { Title = "We are moving", Url = "https://www.example.org/moving", Body = "To a house with a garden.", EventOn = new DateOnly(2022, 3, 28) })
            .With(
                new BuiltItem("Joining up care for people & places") { Source = "Society for Care", Summary = "A café in every ward, 100% funded.\n\n- one\n- two", Authors = ["A. Writer", "B. Other"], PublishedOn = PartialDate.Parse("2022-02"), Doi = "10.1234/abc", Topics = ["integrated-care"] },
                new BuiltItem("A poll of adults") { Url = "javascript:alert(1)", Source = null, Summary = "## A heading of its own\n\nPoll results. <script>alert(1)</script>" },
                new BuiltItem("Tools for first meetings") { Section = "tools-and-guidance", Source = "Society for Care", Summary = "Guidance on under_score and [a lost link](#)." },
                new BuiltItem("Children first") { Sector = "children-and-young-peoples-services", Source = "Bright Childhoods" },
                new BuiltItem("Young adults in custody") { Sector = "criminal-justice", Section = "briefings", Source = "Ärzte gegen Strafe" })
            .WithOldAddress("joining-up", 0)
            .SaveAsync(this);
        await new PublishedEditionBuilder("2022-04").TakenBack().With(new BuiltItem("Nobody may see this") { Source = "Secret Source" }).SaveAsync(this);
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();
}
