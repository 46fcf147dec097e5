using System.Net;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Audit;
using CordisPulse.Core.Subscriptions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Tests.Areas.Editor.Merge;

/// <summary>Two rows that are one person: found, compared, and made one as the page said.</summary>
public sealed class MergeTests(PulseApp app) : IClassFixture<PulseApp>
{
    private const string Root = "/editor/subscribers";

    [Fact]
    public async Task The_other_row_is_found_by_address_or_number_and_what_is_wrong_stands_at_the_field()
    {
        using var publisher = await app.SignInAsync(Roles.Publisher);
        var (one, other) = (await AddAsync("find.one@merge.example", SubscriberStatus.Active), await AddAsync("find.other@merge.example", SubscriberStatus.Active));
        var page = await publisher.GetAsync($"{Root}/{one}/merge");

        var byAddress = await publisher.SubmitAsync(page, new() { ["Form.Other"] = " Find.Other@MERGE.example " }, "#find");
        var byNumber = await publisher.SubmitAsync(page, new() { ["Form.Other"] = $"{other}" }, "#find");

        // No address of a person stands in an address of a page.
        Assert.Equal([$"{Root}/{one}/merge/{other}", $"{Root}/{one}/merge/{other}"], new[] { byAddress, byNumber }.Select(answer => answer.Location!.ToString()));
        foreach (var (typed, says) in new[]
        {
            ("", "Enter the address or the number"), ("no one", "neither an e-mail address"), ("nobody@merge.example", "Nobody has this address"), ("999999", "There is no subscriber 999999"),
            ("99999999999999999999", "neither an e-mail address"), ($"{one}", "this row itself"), ("FIND.one@merge.example", "this row itself"),
        })
        {
            var wrong = await publisher.SubmitAsync(page, new() { ["Form.Other"] = typed }, "#find");
            Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
            Assert.Contains(says, wrong.One("#Form_Other-error").TextContent, StringComparison.Ordinal);
            Assert.Equal(typed, wrong.One("#Form_Other").GetAttribute("value"));
        }

        Assert.Equal(HttpStatusCode.NotFound, (await publisher.GetAsync($"{Root}/{one}/merge/{one}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await publisher.GetAsync($"{Root}/{one}/merge/999999")).Status);
        await publisher.GetAsync($"{Root}/{one}/merge/{other}");
        Assert.Equal(1, await app.QueryAsync(db => db.AuditEntries.CountAsync(entry => entry.SubscriberId == other && entry.Act == AuditedActs.ReadPerson)));

        await publisher.SubmitAsync(await publisher.GetAsync($"{Root}/{one}/merge/{other}"), new() { ["Form.Kept"] = $"{one}" }, "#merge");
        Assert.Contains("is this person already", (await publisher.SubmitAsync(page, new() { ["Form.Other"] = $"{other}" }, "#find")).One("#Form_Other-error").TextContent, StringComparison.Ordinal);
        var third = await AddAsync("find.third@merge.example", SubscriberStatus.Active);
        var elsewhere = await publisher.SubmitAsync(await publisher.GetAsync($"{Root}/{third}/merge"), new() { ["Form.Other"] = $"{other}" }, "#find");
        Assert.Contains($"goes on as subscriber {one}", elsewhere.One("#Form_Other-error").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Both_stand_side_by_side_and_nothing_happens_before_one_is_chosen()
    {
        using var publisher = await app.SignInAsync(Roles.Publisher);
        var (one, other) = (await AddAsync("side.one@merge.example", SubscriberStatus.Active, name: "Sida One"), await AddAsync("side.other@merge.example", SubscriberStatus.Pending, organisation: "Other House"));
        var page = await publisher.GetAsync($"{Root}/{one}/merge/{other}");

        Assert.Equal(["What", "side.one@merge.example", "side.other@merge.example"], page.Texts("#sides thead th"));
        Assert.Contains("Other House", page.One("#sides").TextContent, StringComparison.Ordinal);
        Assert.Contains("Name: Sida One. Organisation: Other House.", page.One($"#then-{one}").TextContent, StringComparison.Ordinal);
        Assert.Contains("side.one@merge.example is not written to any more", page.One($"#then-{other}").TextContent, StringComparison.Ordinal);
        var unsaid = await publisher.SubmitAsync(page, form: "#merge");
        Assert.Equal(HttpStatusCode.BadRequest, unsaid.Status);
        Assert.Equal("Choose the row that goes on.", unsaid.One("#Form_Kept-error").TextContent);
        using var odd = new FormUrlEncodedContent([new("Form.Kept", "x"), new("__RequestVerificationToken", page.One("#merge [name=__RequestVerificationToken]").GetAttribute("value")!)]);
        using var answer = await publisher.Http.PostAsync($"{Root}/{one}/merge/{other}", odd);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(2, await app.QueryAsync(db => db.Subscribers.CountAsync(row => (row.Id == one || row.Id == other) && row.ErasedUtc == null)));

        var done = await publisher.FollowAsync(await publisher.SubmitAsync(page, new() { ["Form.Kept"] = $"{other}" }, "#merge"));

        Assert.Equal("side.other@merge.example", done.One("h1").TextContent);
        Assert.Contains("side.one@merge.example is not written to any more", done.One("[role=status]").TextContent, StringComparison.Ordinal);
        var row = await app.QueryAsync(db => db.Subscribers.AsNoTracking().SingleAsync(row => row.Id == other));
        Assert.Equal(("Sida One", "Other House"), (row.Name, row.Organisation));
        // Somebody else was faster.
        Assert.Equal(HttpStatusCode.NotFound, (await publisher.SubmitAsync(page, new() { ["Form.Kept"] = $"{one}" }, "#merge")).Status);
    }

    [Theory]
    [InlineData("pending", "active", "active", "goes on at")]
    [InlineData("active", "pending", "active", "gets the digest")]
    [InlineData("pending", "pending", "pending", "gets nothing until somebody confirms")]
    [InlineData("active", "left", "left", "one of the two has left")]
    [InlineData("pending", "left", "left", "one of the two has left")]
    [InlineData("left", "active", "left", "A subscription that goes on now ends by it")]
    [InlineData("active", "complained", "complained", "reported a mail as unwanted")]
    [InlineData("left", "complained", "complained", "reported a mail as unwanted")]
    // That mail comes back says something of an address alone.
    [InlineData("active", "bounced", "active", "that says nothing of")]
    [InlineData("bounced", "active", "bounced", "comes back")]
    public async Task The_better_of_two_counts_and_whoever_left_or_complained_stays_away(string kept, string gone, string then, string says)
    {
        using var publisher = await app.SignInAsync(Roles.Publisher);
        var sector = await app.QueryAsync(db => db.Sectors.OrderBy(row => row.Id).Select(row => row.Id).FirstAsync());
        var (keptId, goneId) = (await AddAsync($"{Guid.NewGuid():N}@rule.example", kept), await AddAsync($"{Guid.NewGuid():N}@rule.example", gone, $"{sector}"));
        var page = await publisher.GetAsync($"{Root}/{goneId}/merge/{keptId}");
        Assert.Contains(says, page.One($"#then-{keptId}").TextContent, StringComparison.Ordinal);

        await publisher.SubmitAsync(page, new() { ["Form.Kept"] = $"{keptId}" }, "#merge");

        var (status, reason) = Stands(then);
        var row = await app.QueryAsync(db => db.Subscribers.AsNoTracking().SingleAsync(row => row.Id == keptId));
        Assert.Equal(status, row.Status);
        Assert.Equal(reason, await app.QueryAsync(db => db.Suppressions.Where(entry => entry.NormalizedEmail == row.NormalizedEmail).Select(entry => (SuppressionReason?)entry.Reason).SingleOrDefaultAsync()));
        Assert.Equal(kept == "pending" && then == "active" ? $"{sector}" : "", row.Sectors);
        Assert.Equal(keptId, await app.QueryAsync(db => db.Subscribers.Where(one => one.Id == goneId).Select(one => one.MergedIntoId).SingleAsync()));
    }

    [Fact]
    public async Task An_address_that_one_of_the_two_had_before_is_theirs_again_and_a_strangers_is_not()
    {
        using var publisher = await app.SignInAsync(Roles.Publisher);
        var (active, asks) = (await AddAsync("now@former.merge.example", "active"), await AddAsync("before@former.merge.example", "pending"));
        var (stranger, third) = (await AddAsync("stranger@former.merge.example", "active"), await AddAsync("theirs@former.merge.example", "pending"));
        await app.InScopeAsync(async services =>
        {
            var hash = (AddressHash)services.GetService(typeof(AddressHash))!;
            var db = (Core.Data.PulseDbContext)services.GetService(typeof(Core.Data.PulseDbContext))!;
            db.Add(new Suppression { EmailHash = hash.Of("before@former.merge.example"), Reason = SuppressionReason.Moved, SubscriberId = active, SinceUtc = DateTime.UtcNow });
            db.Add(new Suppression { EmailHash = hash.Of("theirs@former.merge.example"), Reason = SuppressionReason.Moved, SubscriberId = active, SinceUtc = DateTime.UtcNow });
            return await db.SaveChangesAsync();
        });

        await publisher.SubmitAsync(await publisher.GetAsync($"{Root}/{asks}/merge/{active}"), new() { ["Form.Kept"] = $"{asks}" }, "#merge");
        var refused = await publisher.SubmitAsync(await publisher.GetAsync($"{Root}/{third}/merge/{stranger}"), new() { ["Form.Kept"] = $"{third}" }, "#merge");

        Assert.Equal(SubscriberStatus.Active, await app.QueryAsync(db => db.Subscribers.Where(row => row.Id == asks).Select(row => row.Status).SingleAsync()));
        Assert.Equal(2, await app.QueryAsync(db => db.Suppressions.CountAsync(entry => entry.SubscriberId == asks)));
        Assert.Contains("Let the other row go on", refused.One("#Form_Kept-error").TextContent, StringComparison.Ordinal);
        Assert.NotNull(refused.One("#Form_Kept").GetAttribute("checked"));
        Assert.Equal(SubscriberStatus.Active, await app.QueryAsync(db => db.Subscribers.Where(row => row.Id == stranger).Select(row => row.Status).SingleAsync()));
    }

    [Fact]
    public async Task An_answer_that_one_of_the_two_gave_is_the_persons()
    {
        await using var own = new PulseApp();
        using var publisher = await own.SignInAsync(Roles.Publisher);
        foreach (var email in new[] { "asked@keep.example", "answered@keep.example", "silent@keep.example" })
            await own.QueryAsync(db =>
            {
                db.Add(new Subscriber { Email = email, NormalizedEmail = email, Status = SubscriberStatus.Active, UnsubscribeToken = SecretToken.Create() });
                return db.SaveChangesAsync();
            });
        await publisher.SubmitAsync(await publisher.GetAsync($"{Root}/ask-again"), new() { ["Form.Silence"] = nameof(Silence.Leave) }, "#ask");
        foreach (var email in new[] { "asked@keep.example", "answered@keep.example", "silent@keep.example" })
            await own.MailToAsync(email, "Do you still want");
        var rows = await own.QueryAsync(db => db.Subscribers.ToDictionaryAsync(row => row.Email!, row => (row.Id, row.UnsubscribeToken)));
        using var reader = own.Visit();
        var page = await reader.GetAsync($"/preferences/{rows["answered@keep.example"].UnsubscribeToken}");
        var kept = await reader.FollowAsync(await reader.SubmitAsync(page, form: "#keep"));
        Assert.Equal("Thank you. We go on sending it.", kept.One("[role=status]").TextContent);

        var (goesOn, emptied) = (rows["asked@keep.example"].Id, rows["answered@keep.example"].Id);
        await publisher.SubmitAsync(await publisher.GetAsync($"{Root}/{goesOn}/merge/{emptied}"), new() { ["Form.Kept"] = $"{goesOn}" }, "#merge");
        await own.QueryAsync(db => db.PermissionRounds.ExecuteUpdateAsync(set => set.SetProperty(round => round.AnswerByUtc, DateTime.UtcNow.AddMinutes(-1))));
        await own.InScopeAsync(async services =>
        {
            await services.GetRequiredService<SubscriptionUpkeep>().SettleSilenceAsync(default);
            return true;
        });

        Assert.Equal(SubscriberStatus.Active, await own.QueryAsync(db => db.Subscribers.Where(row => row.Id == goesOn).Select(row => row.Status).SingleAsync()));
        Assert.Equal(SubscriberStatus.Unsubscribed, await own.QueryAsync(db => db.Subscribers.Where(row => row.Email == "silent@keep.example").Select(row => row.Status).SingleAsync()));
        // The address that said yes and is emptied leads to the person.
        Assert.Contains("is on the list", (await reader.GetAsync($"/preferences/{rows["answered@keep.example"].UnsubscribeToken}")).Text, StringComparison.Ordinal);
    }

    private static (SubscriberStatus Status, SuppressionReason? Reason) Stands(string how) => how switch
    {
        "left" => (SubscriberStatus.Unsubscribed, SuppressionReason.Unsubscribed),
        "complained" => (SubscriberStatus.Suppressed, SuppressionReason.Complained),
        "bounced" => (SubscriberStatus.Suppressed, SuppressionReason.Bounced),
        "pending" => (SubscriberStatus.Pending, null),
        _ => (SubscriberStatus.Active, null),
    };

    private async Task<int> AddAsync(string email, string how, string sectors = WantedSectors.All)
    {
        var (status, reason) = Stands(how);
        var id = await AddAsync(email, status, sectors: sectors);
        if (reason is { } why)
            await app.QueryAsync(db =>
            {
                db.Add(new Suppression { NormalizedEmail = email, Reason = why, SinceUtc = DateTime.UtcNow });
                return db.SaveChangesAsync();
            });
        return id;
    }

    private Task<int> AddAsync(string email, SubscriberStatus status, string? name = null, string? organisation = null, string sectors = WantedSectors.All) => app.QueryAsync(async db =>
    {
        var row = db.Add(new Subscriber
        {
            Email = email,
            NormalizedEmail = email,
            Name = name,
            Organisation = organisation,
            Status = status,
            Sectors = sectors,
            UnsubscribeToken = SecretToken.Create(),
            CreatedUtc = DateTime.UtcNow,
        }).Entity;
        await db.SaveChangesAsync();
        return row.Id;
    });
}
