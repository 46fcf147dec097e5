using System.Net;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Site;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Areas.Editor.Settings;

public sealed class PublisherSettingsTests(PulseApp app) : IClassFixture<PulseApp>
{
    private const string Page = "/editor/settings/publisher";

    [Fact]
    public async Task Saved_details_stand_on_the_public_pages_and_are_a_revision()
    {
        using var administrator = await app.SignInAsync(Roles.Administrator);
        var before = await ContentNumberAsync();
        var answer = await administrator.SubmitAsync(await administrator.GetAsync(Page), new()
        {
            ["Form.Name"] = "Bright & Sons",
            ["Form.PostalAddress"] = " 1 High Street, London ",
            ["Form.Email"] = "digest@example.org",
            ["Form.Website"] = "https://example.org/",
            ["Form.SocialLinks[0].Name"] = "Mastodon",
            ["Form.SocialLinks[0].Url"] = "https://social.example/@bright",
            ["Form.SocialLinks[1].Name"] = "Bright & Sons",
            ["Form.SocialLinks[1].Url"] = "https://www.linkedin.com/company/bright",
        });

        Assert.Contains("details are saved", (await administrator.FollowAsync(answer)).One("[role=status]").TextContent, StringComparison.Ordinal);
        var row = await ReadAsync();
        Assert.Equal(("Bright & Sons", "1 High Street, London"), (row.Name, row.PostalAddress));
        Assert.Equal("https://social.example/@bright", row.SocialLinks[0].Url);
        Assert.Equal(before + 1, await ContentNumberAsync());
        var revision = await app.QueryAsync(db => db.Revisions.OrderByDescending(revision => revision.Id).FirstAsync(revision => revision.Text == RevisedText.Publisher));
        Assert.Equal(row.Version, revision.Version);
        Assert.NotNull(revision.SavedById);
        using var reader = app.Visit();
        Assert.Equal(["Bright & Sons", "digest@example.org", "Mastodon on social.example", "Bright & Sons on LinkedIn"], (await reader.GetAsync("/about")).Texts(".publisher a"));
    }

    [Theory]
    [InlineData("Form.Name", "", "Enter the publisher's name.")]
    [InlineData("Form.Email", "nobody", "not an e-mail address")]
    [InlineData("Form.Website", "javascript:alert(1)", "must begin with https://")]
    [InlineData("Form.SocialLinks[0].Url", "nonsense", "must begin with https://")]
    [InlineData("Form.SocialLinks[1].Name", "Only a name", null)]
    public async Task What_is_refused_says_so_at_the_field_and_nothing_is_saved(string field, string value, string? message)
    {
        using var administrator = await app.SignInAsync(Roles.Administrator);
        var before = (await ReadAsync()).Version;
        var answer = await administrator.SubmitAsync(await administrator.GetAsync(Page), new() { [field] = value });

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        var input = answer.Document.QuerySelectorAll("input").Single(input => input.GetAttribute("name") == field);
        Assert.Equal(value, input.GetAttribute("value") ?? "");
        if (message is not null)
            Assert.Contains(message, answer.Document.GetElementById($"{input.Id}-error")!.TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(answer.Texts(".error-summary a"));
        Assert.Equal(before, (await ReadAsync()).Version);
    }

    [Fact]
    public async Task The_second_of_two_who_save_sees_both_versions_and_decides()
    {
        using var first = await app.SignInAsync(Roles.Administrator);
        using var second = await app.SignInAsync(Roles.Administrator);
        var page = await second.GetAsync(Page);
        await first.SubmitAsync(await first.GetAsync(Page), new() { ["Form.Telephone"] = "020 0000 0001" });
        var before = await ContentNumberAsync();
        var conflict = await second.SubmitAsync(page, new() { ["Form.Telephone"] = "020 0000 0002" });

        Assert.Equal(HttpStatusCode.Conflict, conflict.Status);
        Assert.Equal(["020 0000 0001", "020 0000 0002"], conflict.Texts(".versions[aria-label=Telephone] pre"));
        Assert.Single(conflict.Document.QuerySelectorAll(".versions"));
        Assert.Equal("020 0000 0001", (await ReadAsync()).Telephone);
        Assert.Equal(before, await ContentNumberAsync());

        Assert.Equal(HttpStatusCode.Redirect, (await second.SubmitAsync(conflict)).Status);
        Assert.Equal("020 0000 0002", (await ReadAsync()).Telephone);
    }

    private Task<PublisherDetails> ReadAsync() => app.QueryAsync(db => db.PublisherDetails.AsNoTracking().SingleAsync());

    private Task<long> ContentNumberAsync() => app.QueryAsync(db => db.ContentVersions.Select(version => version.Number).SingleAsync());
}
