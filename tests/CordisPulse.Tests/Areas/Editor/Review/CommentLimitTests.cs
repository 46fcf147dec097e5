using System.Net;
using CordisPulse.Core.Accounts;
using CordisPulse.Tests.Builders;
using CordisPulse.Tests.Features;

namespace CordisPulse.Tests.Areas.Editor.Review;

/// <summary>A private link is not a way to fill the desk.</summary>
public sealed class CommentLimitTests(PulseApp app) : IClassFixture<PulseApp>
{
    /// <summary>Where a thread is begun.</summary>
    private const string Form = "#comments-whole form:not(:has([name=AnswersId]))";

    [Fact]
    public async Task Whoever_comments_faster_than_people_write_is_asked_to_wait()
    {
        var edition = await new EditionBuilder().Item("Flooded").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        using var guest = app.Visit();
        var path = await PrivatePreviewTests.MakeLinkAsync(editor, edition, "Ann");
        var page = await guest.GetAsync(path);

        var answers = new List<WebPage>();
        for (var i = 0; i < 60 && answers.All(answer => answer.Status == HttpStatusCode.Redirect); i++)
            answers.Add(await guest.SubmitAsync(page, new() { ["Text"] = $"Comment {i}", ["Name"] = "Ann" }, Form));

        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1].Status);
        Assert.True(answers.Count > 10, "A guest can say some things in a row.");
        Assert.True(answers[^1].Headers.ContainsKey("Retry-After"));
        Assert.Equal($"Comment {answers.Count - 1}", answers[^1].One($"{Form} textarea").TextContent);
        Assert.Equal("Ann", answers[^1].One($"{Form} [name=Name]").GetAttribute("value"));
        Assert.Contains("wait a minute", answers[^1].One($"{Form} .problem").TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await guest.GetAsync(path)).Status);
    }
}
