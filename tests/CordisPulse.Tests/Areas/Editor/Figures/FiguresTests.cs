using System.Text;
using CordisPulse.Core.Accounts;
using CordisPulse.Tests.Areas.Editor.SubscriberImports;
using CordisPulse.Tests.Areas.Editor.Subscribers;

namespace CordisPulse.Tests.Areas.Editor.Figures;

/// <summary>The figures of the list, looked at again and again while it changes.</summary>
public sealed class FiguresTests
{
    private const string Figures = "/editor/subscribers/figures";

    [Fact]
    public async Task What_was_counted_before_is_counted_anew_once_anything_has_changed()
    {
        await using var app = new PulseApp();
        using var publisher = await app.SignInAsync(Roles.Publisher);
        async Task SeesAsync(int joined, int left, int[] sectors, int[] organisations)
        {
            // What is kept is kept from the first time on.
            for (var i = 0; i < 2; i++)
            {
                var page = await publisher.GetAsync(Figures);
                Assert.Equal([$"{joined}", $"{left}", "0"], page.Texts("#months tbody tr:first-child td"));
                Assert.Equal(sectors.Select(count => $"{count}"), page.Texts("#sectors tbody td"));
                Assert.Equal(organisations.Select(count => $"{count}"), page.Texts("#organisations tbody td"));
            }
        }

        async Task<string> JoinedOfFirstSectorAsync()
        {
            var sector = (await publisher.GetAsync(Figures)).One("#Sector option:nth-child(2)").GetAttribute("value");
            return (await publisher.GetAsync($"{Figures}?Sector={sector}")).One("#months tbody td").TextContent;
        }

        await SeesAsync(0, 0, [0, 0, 0], []);
        var list = await publisher.ConfirmAsync(await publisher.UploadAsync(app, Encoding.UTF8.GetBytes("email,organisation\na@one.example,One\nb@one.example,One\nc@two.example,Two\n")));
        await SeesAsync(3, 0, [3, 3, 3], [2, 1]);
        Assert.Equal("3", await JoinedOfFirstSectorAsync());

        var id = await AddedPerson.AddAsync(app, publisher, "d@four.example");
        await SeesAsync(4, 0, [4, 4, 4], [2, 1]);
        Assert.Equal("4", await JoinedOfFirstSectorAsync());

        // A wish alone: nobody comes and nobody goes.
        var person = await publisher.GetAsync($"/editor/subscribers/{id}/edit");
        var last = person.Document.QuerySelectorAll("[name='Form.Sectors']")[^1].GetAttribute("value")!;
        await publisher.SubmitAsync(person, new() { ["Form.Sectors"] = last, ["Form.Note"] = "Asked on the telephone" }, "#edit");
        await SeesAsync(4, 0, [3, 3, 4], [2, 1]);
        Assert.Equal("3", await JoinedOfFirstSectorAsync());

        // Those of the list go without a trace, and the last line of all stays the same.
        await publisher.SettledAsync(await publisher.FollowAsync(await publisher.SubmitAsync(await publisher.GetAsync(list.Path), form: "#undo")));
        await SeesAsync(1, 0, [0, 0, 1], []);
        Assert.Equal("0", await JoinedOfFirstSectorAsync());
    }
}
