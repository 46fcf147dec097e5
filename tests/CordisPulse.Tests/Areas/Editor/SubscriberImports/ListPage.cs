using CordisPulse.Core.Subscriptions;

namespace CordisPulse.Tests.Areas.Editor.SubscriberImports;

/// <summary>Imports lists through the page.</summary>
internal static class ListPage
{
    public const string Root = "/editor/subscribers/import";

    public static async Task<WebPage> UploadAsync(this Visitor publisher, PulseApp app, byte[] file, string name = "list.csv")
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(app.Directory, $"{Guid.NewGuid():N}")).FullName, name);
        await File.WriteAllBytesAsync(path, file);
        var answer = await publisher.SubmitAsync(await publisher.GetAsync(Root), new() { ["Form.File"] = path }, "#import");
        // What lies in the folder of the data from here on is the program's own.
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        return answer.Location is null ? answer : await publisher.SettledAsync(await publisher.FollowAsync(answer));
    }

    /// <summary>Reads the list otherwise.</summary>
    public static async Task<WebPage> ReadAsync(this Visitor publisher, WebPage preview, Dictionary<string, string?> chosen)
        => await publisher.SettledAsync(await publisher.FollowAsync(await publisher.SubmitAsync(preview, chosen, "#list", "#read")));

    public static async Task<WebPage> ConfirmAsync(this Visitor publisher, WebPage preview, string from = "A list they signed", Dictionary<string, string?>? more = null)
    {
        var typed = new Dictionary<string, string?>(more ?? []) { ["ObtainedFrom"] = from };
        typed.TryAdd("Ground", nameof(ConsentGround.Consent));
        var answer = await publisher.SubmitAsync(preview, typed, "#list", "#confirm");
        return answer.Location is null ? answer : await publisher.SettledAsync(await publisher.FollowAsync(answer));
    }

    /// <summary>The page once the node that works on it is through.</summary>
    public static async Task<WebPage> SettledAsync(this Visitor publisher, WebPage page)
    {
        for (var wait = 0; page.One("#live").GetAttribute("data-moving") == "true"; wait++)
        {
            Assert.True(wait < 300, "The import does not come to an end.");
            await Task.Delay(100);
            page = await publisher.GetAsync(page.Path);
        }

        return page;
    }

    /// <summary>Added, already there, suppressed and rejected, as the page says.</summary>
    public static (string Added, string AlreadyThere, string Suppressed, string Rejected) Counts(this WebPage page)
        => (page.One("#added").TextContent, page.One("#already-there").TextContent, page.One("#suppressed").TextContent, page.One("#rejected").TextContent);
}
