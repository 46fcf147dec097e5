using System.Net;
using System.Text;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Subscriptions.Lists;
using CordisPulse.Tests.Builders;
using CordisPulse.Tests.Commands;
using CordisPulse.Tests.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Tests.Areas.Editor.SubscriberImports;

/// <summary>Whoever is erased stands in no list that waits, however it is written, and in no rejected line.</summary>
public sealed class ErasedFromListsTests
{
    private static readonly string[] Words = ["erased.person", "Erased.Person", "Persephone"];

    [Fact]
    public async Task Of_somebody_who_is_erased_no_list_holds_a_word_and_whoever_uploaded_it_is_told()
    {
        await using var app = new PulseApp();
        using var publisher = await app.SignInAsync(Roles.Publisher);
        var workbook = new MadeWorkbook { Rows = $"""<row r="1">{MadeWorkbook.Text("A1", "email")}</row><row r="2">{MadeWorkbook.Text("A2", "Persephone &lt;Erased.Person@gone.example&gt;")}</row>""" };
        var waiting = new[]
        {
            await publisher.UploadAsync(app, Utf8("email,name\nerased.person@gone.example,Persephone\n"), "text.csv"),
            await publisher.UploadAsync(app, [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("email\tname\r\nerased.person@gone.example\tPersephone\r\n")], "unicode.txt"),
            await publisher.UploadAsync(app, workbook.ToBytes(), "workbook.xlsx"),
            // Not even the address is spelt as it is.
            await publisher.UploadAsync(app, Utf8("email,name\nerased.person@@gone.example,Persephone\nother@gone.example,\n"), "Persephone again.csv"),
        };
        Assert.Contains("erased.person@@gone.example", waiting[3].One("#rejected-lines").TextContent, StringComparison.Ordinal);
        var imported = await publisher.ConfirmAsync(await publisher.UploadAsync(app, Utf8("email,name\nerased.person@gone.example,Persephone\nerased.person@gone@example,Persephone\n"), "Persephone alone.csv"));
        Assert.Contains("erased.person@gone@example", imported.One("#lines").TextContent, StringComparison.Ordinal);
        var draft = await publisher.ReadAsync(waiting[0], new() { ["Told"] = "Persephone was told" });

        await EraseAsync(app, publisher);

        var held = await app.QueryAsync(async db => (
            Parts: await db.ListImportParts.CountAsync(),
            Texts: (await db.ListImports.Select(row => row.FileName + row.Preview + row.Draft + row.Problem).ToListAsync()).Concat(await db.ListImportLines.Select(line => line.Reason + line.Written).ToListAsync()).ToList()));
        Assert.Equal(0, held.Parts);
        Assert.All(held.Texts, text => Assert.DoesNotContain(Words, word => text.Contains(word, StringComparison.Ordinal)));
        await app.InScopeAsync(async services =>
        {
            await services.GetRequiredService<Core.Data.Database>().ForgetAsync();
            return 0;
        });
        Assert.All(Words, word => Assert.Empty(FilesWith(app.Directory, word)));
        Assert.DoesNotContain("erased.person", (await publisher.GetAsync(imported.Path)).Html, StringComparison.OrdinalIgnoreCase);

        var told = await publisher.GetAsync(waiting[1].Path);
        Assert.Contains("Somebody was erased while this list waited", told.One("#problem").TextContent, StringComparison.Ordinal);
        Assert.Equal(4, (await publisher.GetAsync(ListPage.Root)).Texts("#imports td[data-label=State]").Count(state => state == "Removed before it was imported"));
        // Whoever is in the midst of it is told as well, and what they typed is there to be copied.
        var late = await publisher.ConfirmAsync(draft, "Cards at our stand");
        Assert.Equal(HttpStatusCode.BadRequest, late.Status);
        Assert.Contains("Somebody was erased while this list waited", late.One(".error-summary").TextContent, StringComparison.Ordinal);
        Assert.Contains("Cards at our stand", late.One("#typed").TextContent, StringComparison.Ordinal);
        // The same list, uploaded again, brings them back as little as any other.
        Assert.Equal(("0", "0", "1", "0"), (await publisher.UploadAsync(app, Utf8("email,name\nerased.person@gone.example,Persephone\n"), "text.csv")).Counts());
        await app.QueryAsync(db => db.ListImports.ExecuteUpdateAsync(row => row.SetProperty(import => import.UploadedUtc, DateTime.UtcNow.AddHours(-25))));
        await app.InScopeAsync(async services =>
        {
            await services.GetRequiredService<ListImports>().SweepAsync();
            return 0;
        });
        Assert.Equal(HttpStatusCode.NotFound, (await publisher.GetAsync(told.Path)).Status);
    }

    [Fact]
    public async Task What_is_just_arriving_or_being_imported_when_somebody_is_erased_keeps_nothing_of_them_either()
    {
        await using var app = new PulseApp();
        using var publisher = await app.SignInAsync(Roles.Publisher);
        await publisher.ConfirmAsync(await publisher.UploadAsync(app, Utf8("email,name\nerased.person@gone.example,Persephone\n")));
        var file = "email,name\n" + string.Concat(Enumerable.Range(1, 1200).Select(i => $"erased.person@@{i}.example,Persephone\n"));
        var preview = await publisher.UploadAsync(app, Utf8(file));
        var id = int.Parse(preview.Path[(preview.Path.LastIndexOf('/') + 1)..], System.Globalization.CultureInfo.InvariantCulture);
        var runner = await app.InScopeAsync(services => Task.FromResult(services.GetRequiredService<ListImportRunner>()));
        // This node takes the lease before the worker of the app can.
        var lease = await runner.ClaimAsync(id, CancellationToken.None);
        await app.QueryAsync(async db =>
        {
            var basis = await db.ConsentBases.Select(row => row.Id).FirstAsync();
            return await db.ListImports.Where(row => row.Id == id).ExecuteUpdateAsync(set => set
                .SetProperty(row => row.State, ListImportState.Running).SetProperty(row => row.BasisId, basis).SetProperty(row => row.ConfirmedUtc, DateTime.UtcNow).SetProperty(row => row.Preview, (string?)null));
        });
        var erased = false;
        await runner.RunAsync(
            lease!,
            (_, _) =>
            {
                if (erased)
                    return;
                erased = true;
                Assert.True(app.QueryAsync(db => db.ListImportLines.AnyAsync(line => line.ImportId == id && line.Written != null)).GetAwaiter().GetResult());
                EraseAsync(app, publisher).GetAwaiter().GetResult();
            },
            CancellationToken.None);

        Assert.True(erased);
        Assert.Equal((1200, 0), await app.QueryAsync(async db => (await db.ListImportLines.CountAsync(line => line.ImportId == id), await db.ListImportLines.CountAsync(line => line.Written != null))));

        await publisher.ConfirmAsync(await publisher.UploadAsync(app, Utf8("email,name\nnext.person@gone.example,Next\n")));
        using var arriving = new Interrupted(Utf8("email,name\nnext.person@gone.example,Next\n"), () => EraseAsync(app, publisher, "next.person@gone.example"));
        var refusal = await app.InScopeAsync(services => Assert.ThrowsAsync<Core.RefusedException>(
            () => services.GetRequiredService<ListImports>().KeepAsync(new KeepList { File = arriving, FileName = "arriving.csv" })));
        Assert.StartsWith("Somebody was erased", refusal.Message, StringComparison.Ordinal);
        Assert.Equal((0, 0), await app.QueryAsync(async db => (await db.ListImportParts.CountAsync(), await db.ListImports.CountAsync(row => row.FileName == "arriving.csv"))));
    }

    [SqliteFact]
    public async Task A_list_that_waited_when_a_backup_was_made_is_not_restored()
    {
        await using var app = new PulseApp();
        using var publisher = await app.SignInAsync(Roles.Publisher);
        await publisher.ConfirmAsync(await publisher.UploadAsync(app, Utf8("email,name\nerased.person@gone.example,Persephone\n")));
        await publisher.UploadAsync(app, Utf8("email,name\nerased.person@gone.example,Persephone\n"), "waits.csv");
        var file = Path.Combine(app.Directory, "monday.backup");
        await PulseCommand.RunAsync(app.Settings, "backup", file);
        await EraseAsync(app, publisher);

        var restore = await PulseCommand.RunAsync(app.Settings, "restore", file);

        Assert.Equal((0, ""), (restore.ExitCode, restore.Error));
        Assert.Equal(0, await app.QueryAsync(db => db.ListImportParts.CountAsync()));
        Assert.StartsWith("An older backup was restored", await app.QueryAsync(db => db.ListImports.Where(row => row.State == ListImportState.Withdrawn).Select(row => row.Problem!).SingleAsync()), StringComparison.Ordinal);
    }

    private static async Task EraseAsync(PulseApp app, Visitor publisher, string email = "erased.person@gone.example")
    {
        var id = await app.QueryAsync(db => db.Subscribers.Where(row => row.NormalizedEmail == email).Select(row => row.Id).SingleAsync());
        await publisher.SubmitAsync(await publisher.GetAsync($"/editor/subscribers/{id}/erase"), new() { ["Form.Sure"] = "true" }, "#erase");
        Assert.False(await app.QueryAsync(db => db.Subscribers.AnyAsync(row => row.NormalizedEmail == email)));
    }

    private static IEnumerable<string> FilesWith(string folder, string text)
        => from file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
           // A node's mark that it lives, which it holds, is empty.
           where Path.GetExtension(file) != ".lock" && Read(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0
           select Path.GetFileName(file);

    private static byte[] Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>Something happens while it is being kept.</summary>
    private sealed class Interrupted(byte[] bytes, Func<Task> meanwhile) : MemoryStream(bytes)
    {
        public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
        {
            await base.CopyToAsync(destination, bufferSize, cancellationToken);
            await meanwhile();
        }
    }
}
