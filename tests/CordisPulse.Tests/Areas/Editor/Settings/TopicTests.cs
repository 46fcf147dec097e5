using System.Net;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Catalogue;
using CordisPulse.Core.Editions;
using CordisPulse.Tests.Builders;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Areas.Editor.Settings;

public sealed class TopicTests : IDisposable
{
    private const string Topics = "/editor/settings/topics";
    private readonly PulseApp _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task An_editor_adds_renames_and_removes_a_topic()
    {
        using var editor = await _app.SignInAsync(Roles.Editor);
        var list = await editor.GetAsync(Topics);
        Assert.Equal("Adult safeguarding", list.Texts("tbody a").First());
        Assert.Empty(list.Document.QuerySelectorAll("form[action$='/move']"));
        await editor.SubmitAsync(list, new() { ["Form.Name"] = "Bees in cities", ["Form.OtherNames"] = "Hives\r\nBeekeepers" }, "#add");
        var made = await FindAsync("bees-in-cities");
        Assert.Equal(["Hives", "Beekeepers"], made!.OtherNames);

        await editor.SubmitAsync(await editor.GetAsync($"{Topics}/{made.Id}"), new() { ["Form.Name"] = "Urban bees" }, $"form[action='{Topics}/{made.Id}']");
        var renamed = await FindAsync("bees-in-cities");
        Assert.Equal("Urban bees", renamed!.Name);
        Assert.Equal(["Hives", "Beekeepers", "Bees in cities"], renamed.OtherNames);
        Assert.Equal([1, 2], await _app.QueryAsync(db => db.Revisions
            .Where(revision => revision.Text == RevisedText.Topic && revision.TextId == made.Id).OrderBy(revision => revision.Id).Select(revision => revision.Version).ToListAsync()));

        await new EditionBuilder().Item("Of bees", item => item.Topics = ["bees-in-cities"]).SaveAsync(_app);
        var refused = await editor.SubmitAsync(list, form: "form[action$='/2/remove']");
        Assert.Equal(HttpStatusCode.Redirect, refused.Status);
        Assert.Null((await editor.GetAsync(Topics)).Document.QuerySelector($"form[action$='/{made.Id}/remove']"));
        await _app.QueryAsync(db => db.EditionItems.ExecuteDeleteAsync());
        await editor.SubmitAsync(await editor.GetAsync(Topics), form: $"form[action$='/{made.Id}/remove']");
        Assert.Null(await FindAsync("bees-in-cities"));
    }

    [Theory]
    [InlineData("", "Enter a name.")]
    [InlineData("county lines", "already means Exploitation")]
    public async Task A_name_that_is_missing_or_taken_is_refused(string name, string message)
    {
        using var editor = await _app.SignInAsync(Roles.Editor);
        var answer = await editor.SubmitAsync(await editor.GetAsync(Topics), new() { ["Form.Name"] = name, ["Form.OtherNames"] = "kept" }, "#add");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains(message, answer.One("#Form_Name-error").TextContent, StringComparison.Ordinal);
        Assert.Equal("kept", answer.One("#Form_OtherNames").TextContent.Trim());
    }

    [Fact]
    public async Task A_topic_becomes_part_of_another_and_items_and_readers_follow()
    {
        using var editor = await _app.SignInAsync(Roles.Editor);
        var (old, into) = ((await FindAsync("kinship-care"))!, (await FindAsync("children-in-care"))!);
        var edition = await new EditionBuilder()
            .Item("Of both", item => item.Topics = ["children-in-care", "kinship-care"]).Item("Of one", item => item.Topics = ["kinship-care"]).SaveAsync(_app);
        await _app.PublishAsync(edition.Month);

        var answer = await editor.SubmitAsync(await editor.GetAsync($"{Topics}/{old.Id}"), new() { ["into"] = $"{into.Id}" }, "#merge");

        Assert.Contains("They are one topic now: Children in care.", (await editor.FollowAsync(answer)).Text, StringComparison.Ordinal);
        using var reader = _app.Visit();
        var moved = await reader.GetAsync("/topics/kinship-care");
        Assert.Equal((HttpStatusCode.MovedPermanently, "/topics/children-in-care"), (moved.Status, moved.Location!.ToString()));
        Assert.Equal(["Of both", "Of one"], (await reader.FollowAsync(moved)).Texts(".entry h3"));
        Assert.Equal(["Children in care"], (await reader.GetAsync("/topics")).Texts(".letter li a"));
        // The item has the old slug, and the topic that it means now.
        var form = await editor.GetAsync($"/editor/editions/{edition.Month}/items/{edition.Items[1].Id}");
        Assert.Equal(["children-in-care"], form.Document.QuerySelectorAll("[name='Form.Topics'][checked]").Select(tick => tick.GetAttribute("value")));
        // Nothing else takes the address, and what has it stays.
        await editor.SubmitAsync(await editor.GetAsync(Topics), new() { ["Form.Name"] = "Kinship-care!" }, "#add");
        Assert.NotNull(await FindAsync("kinship-care-2"));
        var gone = await editor.SubmitAsync(await editor.GetAsync($"{Topics}/{into.Id}"), new() { ["into"] = "999999" }, "#merge");
        Assert.Contains("has changed since", (await editor.FollowAsync(gone)).Text, StringComparison.Ordinal);
        Assert.NotNull(await FindAsync("children-in-care"));
    }

    private Task<Topic?> FindAsync(string slug) => _app.QueryAsync(db => db.Topics.AsNoTracking().SingleOrDefaultAsync(topic => topic.Slug == slug));
}
