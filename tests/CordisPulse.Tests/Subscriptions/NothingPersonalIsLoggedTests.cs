using System.Text.RegularExpressions;
using CordisPulse.Core.Accounts;
using CordisPulse.Tests.Areas.Editor.SubscriberImports;
using CordisPulse.Tests.Commands;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Subscriptions;

/// <summary>From joining to being erased, with all that staff do in between: none of it is in a log or in the name of a file.</summary>
public sealed partial class NothingPersonalIsLoggedTests
{
    private const string Address = "zebedee@quillfeather.example";
    private const string Later = "zeb.new@quillfeather.example";

    [Fact]
    public async Task No_log_and_no_name_of_a_file_tells_of_a_person()
    {
        await using var app = new PulseApp().With("Sample:Load", "true");
        List<string> tokens = [];
        using var visitor = app.Visit();

        // They join, and a second time; they mistype, and so does whoever asks for a link that is none.
        var form = new Dictionary<string, string?> { ["Email"] = Address, ["Name"] = "Zebedee Quillfeather", ["Organisation"] = "Quillfeather Council" };
        await visitor.SubmitAsync(await visitor.GetAsync("/subscribe"), form);
        await app.SettledAsync();
        await visitor.SubmitAsync(await visitor.GetAsync(await LinkAsync(Address, "Confirm")));
        await visitor.SubmitAsync(await visitor.GetAsync("/subscribe"), form);
        await visitor.SubmitAsync(await visitor.GetAsync("/subscribe"), new(form) { ["Email"] = $"{Address}@@" });
        await visitor.GetAsync($"/subscribe?email={Address}");
        await visitor.GetAsync($"/unsubscribe/{Address}");
        await visitor.GetAsync($"/nothing/{Address}?name=Zebedee");
        await app.SettledAsync();

        // Staff look for them, import a list over them, change them and send.
        using var publisher = await app.SignInAsync(Roles.Administrator, "desk@staff.example");
        var id = await app.QueryAsync(db => db.Subscribers.Select(row => row.Id).SingleAsync());
        await publisher.FollowAsync(await publisher.SubmitAsync(await publisher.GetAsync("/editor/subscribers"), new() { ["Search"] = "quillfeather" }, "#find"));
        await publisher.GetAsync($"/editor/subscribers/{id}");
        await publisher.SubmitAsync(await publisher.GetAsync($"/editor/subscribers/{id}/edit"), new() { ["Form.Name"] = "Zebedee Q. Quillfeather", ["Form.Note"] = "Zebedee rang" }, "#edit");
        await publisher.ConfirmAsync(await publisher.UploadAsync(app, System.Text.Encoding.UTF8.GetBytes($"email,name\n{Address},Zebedee\nother@quillfeather.example,Zebedee's aunt\nquillfeather@,\n"), "Zebedee Quillfeather's friends.csv"));
        await publisher.Http.GetStringAsync("/editor/subscribers/export");
        Assert.Equal(0, (await PulseCommand.RunAsync(app, "mailing", "send", "2024-01")).ExitCode);
        await app.MailToAsync(Address, "2024");
        tokens.AddRange(await app.QueryAsync(db => db.Subscribers.Select(row => row.UnsubscribeToken).ToListAsync()));
        var own = await app.QueryAsync(db => db.Subscribers.Where(row => row.Id == id).Select(row => row.UnsubscribeToken).SingleAsync());
        var backup = await PulseCommand.RunAsync(app, "backup", Path.Combine(app.Directory, "copy.db"));
        Assert.Equal((0, ""), (backup.ExitCode, backup.Error));

        // They take their data, move, leave with one click, come back and have themselves erased.
        await visitor.SubmitAsync(await visitor.GetAsync($"/preferences/{own}"), form: "#your-data");
        var open = await visitor.SubmitAsync(await visitor.GetAsync(await LinkAsync(Address, "holds about you")), form: "#open");
        await visitor.SubmitAsync(open, form: "#download");
        await visitor.SubmitAsync(open, new() { ["Email"] = Later }, "#address");
        await visitor.FollowAsync(await visitor.SubmitAsync(await visitor.GetAsync(await LinkAsync(Later, "new address")), form: "#confirm"));
        using var oneClick = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
        using var left = await visitor.Http.PostAsync($"/unsubscribe/{own}", oneClick);
        left.EnsureSuccessStatusCode();
        var erased = await visitor.FollowAsync(await visitor.SubmitAsync(open, new() { ["Sure"] = "true" }, "#erase"));
        Assert.Equal("Your data is erased", erased.One("h1").TextContent);

        var log = app.Log;
        Assert.Contains("Mailing 1 is completed.", log, StringComparison.Ordinal);
        var names = string.Join('\n', Directory.EnumerateFileSystemEntries(app.Directory, "*", SearchOption.AllDirectories));
        foreach (var text in (string[])[.. tokens, "zebedee", "quillfeather", "zeb.new", "desk@staff"])
        {
            Assert.DoesNotContain(text, log, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(text, names, StringComparison.OrdinalIgnoreCase);
        }

        async Task<string> LinkAsync(string address, string subject)
        {
            var path = new Uri(Link().Match((await app.MailToAsync(address, subject)).TextBody!).Value).AbsolutePath;
            tokens.Add(path.Split('/')[^1]);
            return path;
        }
    }

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Link();
}
