using System.Net;
using System.Text.RegularExpressions;
using CordisPulse.Core.Subscriptions;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Features;

/// <summary>Confirming an address says who reads it, and nothing else: nobody comes back by it, and nobody loses what they get there.</summary>
public sealed partial class AddressChangeTests(PulseApp app) : IClassFixture<PulseApp>
{
    private const string ByStaff = "staff";

    [Theory]
    // Whoever left at one address and agreed at another gets it at the other alone; staff's list does not outlive their leaving.
    [InlineData("left", null, "left", "You have left the list")]
    [InlineData("left", "active", "active", "is on the list: the next edition comes to it, with Criminal Justice.")]
    [InlineData("left", ByStaff, "left", "You have left the list")]
    [InlineData("left", "pending", "left", "You have left the list")]
    [InlineData("complained", "active", "complained", "Subscribe again")]
    [InlineData("bounced", "active", "active", "is on the list")]
    [InlineData("bounced", null, "bounced", "Subscribe again")]
    [InlineData("active", "pending", "active", "with all sectors")]
    [InlineData("active", "active", "active", "with all sectors")]
    [InlineData("pending", ByStaff, "active", "with Criminal Justice")]
    [InlineData("pending", null, "pending", "nobody has confirmed")]
    public async Task What_was_done_last_at_each_address_stands_and_the_page_says_so(string mover, string? there, string then, string says)
    {
        var (from, to) = ($"{Guid.NewGuid():N}@from.example", $"{Guid.NewGuid():N}@to.example");
        var id = await AddAsync(from, mover);
        var other = there is null ? (int?)null : await AddAsync(to, there, sectors: $"{await SectorAsync()}");

        var (_, page, _) = await MoveAsync(id, from, to);

        Assert.Equal("Your new address is confirmed", page.One("h1").TextContent);
        Assert.Contains(says, page.One("#stands").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(to, page.Html, StringComparison.Ordinal);
        var (status, reason) = Stands(then);
        var row = await app.QueryAsync(db => db.Subscribers.AsNoTracking().SingleAsync(row => row.Id == id));
        Assert.Equal((status, to), (row.Status, row.NormalizedEmail));
        Assert.Equal(reason, await app.QueryAsync(db => db.Suppressions.Where(entry => entry.NormalizedEmail == to).Select(entry => (SuppressionReason?)entry.Reason).SingleOrDefaultAsync()));
        Assert.Equal(there == ByStaff && then == "active", row.BasisId is not null && row.NoticeBasisId is not null);
        if (other is not null)
            Assert.Equal(id, await app.QueryAsync(db => db.Subscribers.Where(one => one.Id == other).Select(one => one.MergedIntoId).SingleAsync()));
        // The address that they had is not mailed any more, whatever lists say.
        Assert.True(await app.QueryAsync(db => db.Suppressions.AnyAsync(entry => entry.SubscriberId == id && entry.EmailHash != null)));
    }

    [Fact]
    public async Task Whoever_left_has_the_way_back_on_the_page_and_a_pause_is_told_of()
    {
        var (from, to) = ($"{Guid.NewGuid():N}@from.example", $"{Guid.NewGuid():N}@to.example");
        var id = await AddAsync(from, "left");
        var (visitor, page, _) = await MoveAsync(id, from, to);
        var back = await visitor.FollowAsync(await visitor.SubmitAsync(page, form: "#come-back"));
        Assert.Equal("You are on the list again", back.One("h1").TextContent);
        Assert.Equal(SubscriberStatus.Active, await app.QueryAsync(db => db.Subscribers.Where(row => row.Id == id).Select(row => row.Status).SingleAsync()));

        var (before, after) = ($"{Guid.NewGuid():N}@from.example", $"{Guid.NewGuid():N}@to.example");
        var paused = await AddAsync(before, "active");
        await app.QueryAsync(db => db.Subscribers.Where(row => row.Id == paused).ExecuteUpdateAsync(set => set.SetProperty(row => row.PausedUntilUtc, new DateTime(2099, 5, 4, 12, 0, 0, DateTimeKind.Utc))));
        var (_, said, _) = await MoveAsync(paused, before, after);
        Assert.Contains("we send nothing until 4 May 2099", said.One("#stands").TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(said.One("main a[href^='/preferences/']").GetAttribute("href")!)).Status);
    }

    [Fact]
    public async Task That_an_address_is_confirmed_is_said_once_and_then_how_things_stand()
    {
        var (from, to) = ($"{Guid.NewGuid():N}@from.example", $"{Guid.NewGuid():N}@to.example");
        var id = await AddAsync(from, "active");

        var (visitor, page, _) = await MoveAsync(id, from, to);
        var again = await visitor.GetAsync(page.Path);

        Assert.Equal("Your new address is confirmed", page.One("h1").TextContent);
        Assert.Equal("Your subscription", (await visitor.FollowAsync(again)).One("h1").TextContent);
    }

    [Fact]
    public async Task Whoever_names_an_address_that_is_somebody_elses_sees_nothing_of_what_is_held_there()
    {
        var (from, to) = ($"{Guid.NewGuid():N}@from.example", $"{Guid.NewGuid():N}@to.example");
        var id = await AddAsync(from, "active");
        await AddAsync(to, "active");

        var (visitor, _, open) = await MoveAsync(id, from, to);

        Assert.Equal(HttpStatusCode.Gone, (await visitor.SubmitAsync(open, form: "#download")).Status);
    }

    [Fact]
    public async Task Whoever_left_at_the_new_address_is_not_written_to_there()
    {
        var (from, to) = ($"{Guid.NewGuid():N}@from.example", $"{Guid.NewGuid():N}@to.example");
        var id = await AddAsync(from, "active");
        var left = await AddAsync(to, "left");
        await app.QueryAsync(db => db.Suppressions.Where(entry => entry.NormalizedEmail == to).ExecuteDeleteAsync());

        using var visitor = app.Visit();
        await visitor.SubmitAsync(await OpenAsync(visitor, id, from), new() { ["Email"] = to }, "#address");
        await app.SettledAsync();

        Assert.False(await app.QueryAsync(db => db.QueuedMails.AnyAsync(mail => mail.SubscriberId == id && mail.Kind == Core.Mail.QueuedMailKind.ConfirmAddress)));
        Assert.Equal(SubscriberStatus.Unsubscribed, await app.QueryAsync(db => db.Subscribers.Where(row => row.Id == left).Select(row => row.Status).SingleAsync()));
    }

    private async Task<(Visitor Visitor, WebPage Confirmed, WebPage Open)> MoveAsync(int id, string from, string to)
    {
        var visitor = app.Visit();
        var open = await OpenAsync(visitor, id, from);
        await visitor.SubmitAsync(open, new() { ["Email"] = to }, "#address");
        await app.SettledAsync();
        var confirm = await visitor.GetAsync(await LinkAsync(to, "new address"));
        return (visitor, await visitor.FollowAsync(await visitor.SubmitAsync(confirm, form: "#confirm")), open);
    }

    private async Task<WebPage> OpenAsync(Visitor visitor, int id, string from)
    {
        var token = await app.QueryAsync(db => db.Subscribers.Where(row => row.Id == id).Select(row => row.UnsubscribeToken).SingleAsync());
        await visitor.SubmitAsync(await visitor.GetAsync($"/preferences/{token}"), form: "#your-data");
        return await visitor.SubmitAsync(await visitor.GetAsync(await LinkAsync(from, "holds about you")), form: "#open");
    }

    private async Task<string> LinkAsync(string address, string subject) => new Uri(Link().Match((await app.MailToAsync(address, subject)).TextBody!).Value).AbsolutePath;

    private Task<int> SectorAsync() => app.QueryAsync(db => db.Sectors.Where(sector => sector.Name == "Criminal Justice").Select(sector => sector.Id).SingleAsync());

    private static (SubscriberStatus Status, SuppressionReason? Reason) Stands(string how) => how switch
    {
        "left" => (SubscriberStatus.Unsubscribed, SuppressionReason.Unsubscribed),
        "complained" => (SubscriberStatus.Suppressed, SuppressionReason.Complained),
        "bounced" => (SubscriberStatus.Suppressed, SuppressionReason.Bounced),
        "pending" => (SubscriberStatus.Pending, null),
        _ => (SubscriberStatus.Active, null),
    };

    private Task<int> AddAsync(string email, string how, string sectors = WantedSectors.All) => app.QueryAsync(async db =>
    {
        var (status, reason) = Stands(how);
        var row = db.Add(new Subscriber
        {
            Email = email,
            NormalizedEmail = email,
            Status = status,
            Sectors = sectors,
            UnsubscribeToken = SecretToken.Create(),
            CreatedUtc = DateTime.UtcNow,
            LeftUtc = reason is null ? null : DateTime.UtcNow,
        }).Entity;
        if (how == ByStaff)
            row.Basis = row.NoticeBasis = new ConsentBasis { Ground = ConsentGround.LegitimateInterests, ObtainedFrom = "A list", Assessment = "A", StatedUtc = DateTime.UtcNow };
        if (reason is { } why)
            db.Add(new Suppression { NormalizedEmail = email, Reason = why, SinceUtc = DateTime.UtcNow });
        await db.SaveChangesAsync();
        return row.Id;
    });

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Link();
}
