using CordisPulse.Core.Accounts;
using CordisPulse.Core.Mailings;
using CordisPulse.Core.Mailings.Messages;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Tests.Commands;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Tests.Mailings;

/// <summary>Each reader gets the sectors they want.</summary>
public sealed class VariantTests
{
    private static readonly string[] Titles = ["Waiting for care", "A guide"];

    private const string Page = "/editor/editions/2030-03/mailing";

    [Fact]
    public async Task Each_gets_the_sectors_they_want_with_introduction_and_news_and_each_mail_is_rendered_once()
    {
        await using var lab = new MailingLab();
        var node = lab.StartNode();
        await MailingLab.SeedAsync(node, 5);
        await WantAsync(node, ("1", 2), ("3", 3), ("2", 4), ("3", 5));
        using var publisher = await node.SignInAsync(Roles.Publisher);
        var before = await publisher.GetAsync(Page);
        Assert.Equal(["Criminal Justice", "All", "Adult Social Care and Health", "Children and Young People's Services"], before.Texts("#wishes tbody th"));

        await publisher.SubmitAsync(before, form: "#start");
        await MailingLab.WaitForEndAsync(node);

        string BodyOf(int number) => lab.Server.Messages.Single(m => m.Recipient == $"Reader.{number}@reader.example").Message.TextBody!;
        Assert.All(Enumerable.Range(1, 5).Select(BodyOf), body =>
        {
            Assert.Contains("Much was published this month", body, StringComparison.Ordinal);
            Assert.Contains("We are recruiting", body, StringComparison.Ordinal);
        });
        Assert.Equal(
            ["Waiting for care, A guide", "Waiting for care", "A guide", "", "A guide"],
            Enumerable.Range(1, 5).Select(number => string.Join(", ", Titles.Where(title => BodyOf(number).Contains(title, StringComparison.Ordinal)))));
        var after = await publisher.GetAsync(Page);
        Assert.Equal(4, await node.QueryAsync(db => db.MailingVariants.CountAsync()));
        Assert.Contains("None: introduction and news alone", after.Texts("#variants tbody th"));
        var found = await publisher.FollowAsync(await publisher.SubmitAsync(after, new() { ["address"] = "reader.3@reader.example" }, "#find"));
        Assert.Contains("Criminal Justice", found.One("#story").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mails_that_tell_of_different_grounds_are_told_apart()
    {
        await using var lab = new MailingLab();
        var node = lab.StartNode();
        await MailingLab.SeedAsync(node, 3);
        await node.QueryAsync(async db =>
        {
            foreach (var (id, ground) in new[] { (1, ConsentGround.Consent), (2, ConsentGround.SoftOptIn) })
            {
                var person = await db.Subscribers.SingleAsync(row => row.Id == id);
                person.Basis = person.NoticeBasis = new ConsentBasis { Ground = ground, ObtainedFrom = $"List {id}", StatedUtc = DateTime.UtcNow };
            }

            return await db.SaveChangesAsync();
        });

        await MailingLab.StartAsync(node);
        await MailingLab.WaitForEndAsync(node);
        using var publisher = await node.SignInAsync(Roles.Publisher);
        var page = await publisher.GetAsync(Page);

        Assert.Equal(
            ["Consent. Addresses from: List 1", "None: they joined themselves, or were told before", "Soft opt-in. Addresses from: List 2"],
            page.Texts("#variants td[data-label^=Tells]").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_wish_that_appears_after_the_rendering_loses_nobody_and_one_that_appears_later_changes_nothing()
    {
        await using var app = new WishfulApp();
        await MailingLab.SeedAsync(app, 2);
        // Readers change what they want while the first mail is being rendered.
        app.OnRender = () => WantAsync(app, ("1", 1), ("2,3", 2));

        await MailingLab.StartAsync(app);
        await WantAsync(app, ("3", 1));
        await MailingLab.WaitForEndAsync(app);

        var sent = await app.QueryAsync(db => db.Deliveries.OrderBy(d => d.SubscriberId).Select(d => new { d.State, d.Variant!.Wish, d.Variant.Sectors }).ToListAsync());
        Assert.Equal([(DeliveryState.Sent, "1", "adult-social-care-and-health"), (DeliveryState.Sent, "2,3", "criminal-justice")], sent.Select(d => (d.State, d.Wish, d.Sectors)));
    }

    [Fact]
    public async Task A_wish_whose_sectors_are_all_gone_is_one_for_everything_and_a_renamed_sector_stays_wanted()
    {
        await using var lab = new MailingLab();
        var node = lab.StartNode();
        await MailingLab.SeedAsync(node, 2);
        await WantAsync(node, ("77", 1), ("3", 2));
        await node.QueryAsync(db => db.Sectors.Where(sector => sector.Id == 3).ExecuteUpdateAsync(set => set.SetProperty(sector => sector.Slug, "justice").SetProperty(sector => sector.Version, sector => sector.Version + 1)));

        await MailingLab.StartAsync(node);
        await MailingLab.WaitForEndAsync(node);

        Assert.Equal(["", "criminal-justice"], await node.QueryAsync(db => db.Deliveries.OrderBy(d => d.SubscriberId).Select(d => d.Variant!.Sectors).ToListAsync()));
    }

    [Fact]
    public async Task Wishes_come_and_go_with_lists_and_are_edited_at_the_desk()
    {
        await using var app = new PulseApp();
        var list = Path.Combine(app.Directory, "list.csv");
        await File.WriteAllTextAsync(list, "email,sectors\na@example.org,Criminal justice; adults\nb@example.org,\nc@example.org,criminal-justice\nd@example.org,Fishing\n");
        var imported = await PulseCommand.RunAsync(app, "subscriber", "import", list, "--consent", "Asked at the stand");
        Assert.Contains("3 added, 0 already there, 0 suppressed, 1 rejected", imported.Output, StringComparison.Ordinal);
        Assert.Contains("line 5 rejected: A sector is named that does not exist. The sectors are: Adult", imported.Output, StringComparison.Ordinal);
        Assert.Equal(["1,3", "", "3"], await WishesAsync());

        var export = (await PulseCommand.RunProcessAsync(app.Settings, "subscriber", "export")).Output;
        Assert.Contains("a@example.org,,,Adult Social Care and Health; Criminal Justice,Active", export, StringComparison.Ordinal);

        using var publisher = await app.SignInAsync(Roles.Publisher);
        var person = await publisher.GetAsync($"/editor/subscribers/{await app.QueryAsync(db => db.Subscribers.Where(s => s.Email == "a@example.org").Select(s => s.Id).SingleAsync())}");
        Assert.Equal("Adult Social Care and Health; Criminal Justice", person.One("#wants").TextContent);
        var edit = await publisher.GetAsync($"{person.Path}/edit");
        Assert.Equal(2, edit.Document.QuerySelectorAll("#edit input[checked]").Length);
        await publisher.SubmitAsync(edit, new() { ["Form.Sectors"] = "2", ["Form.Note"] = "Their mail" }, "#edit");
        Assert.Equal(["2", "", "3"], await WishesAsync());
        await publisher.SubmitAsync(edit, new() { ["Form.Sectors"] = null, ["Form.Note"] = "Their mail" }, "#edit");
        Assert.Equal(["", "", "3"], await WishesAsync());
        var unknown = await publisher.SubmitAsync(edit, new() { ["Form.Sectors"] = "99", ["Form.Note"] = "Their mail" }, "#edit");
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, unknown.Status);
        Assert.Contains("was removed meanwhile", unknown.One("[role=alert]").TextContent, StringComparison.Ordinal);

        Task<List<string>> WishesAsync() => app.QueryAsync(db => db.Subscribers.OrderBy(s => s.Id).Select(s => s.Sectors).ToListAsync());
    }

    private static Task<int> WantAsync(PulseApp app, params (string Wish, int Reader)[] wants) => app.QueryAsync(async db =>
    {
        foreach (var (wish, reader) in wants)
            await db.Subscribers.Where(s => s.NormalizedEmail == $"reader.{reader}@reader.example").ExecuteUpdateAsync(set => set.SetProperty(s => s.Sectors, wish));
        return 0;
    });

    /// <summary>Something happens while its first mail is rendered; the rendering is the program's own.</summary>
    private sealed class WishfulApp : PulseApp
    {
        public Func<Task>? OnRender { get; set; }

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureServices(services =>
            {
                var own = services.Last(service => service.ServiceType == typeof(RenderView)).ImplementationFactory!;
                services.AddSingleton<RenderView>(provider =>
                {
                    var render = (RenderView)own(provider);
                    return async (view, model) =>
                    {
                        if (OnRender is { } act)
                        {
                            OnRender = null;
                            await act();
                        }

                        return await render(view, model);
                    };
                });
            });
        }
    }
}
