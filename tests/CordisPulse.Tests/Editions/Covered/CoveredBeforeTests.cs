using System.Data.Common;
using System.Diagnostics;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Data;
using CordisPulse.Tests.Builders;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Tests.Editions.Covered;

public sealed class CoveredBeforeTests(CoveredBeforeTests.CountingApp app) : IClassFixture<CoveredBeforeTests.CountingApp>
{
    private const int Many = 30;

    /// <summary>Counts what requests ask the database.</summary>
    public sealed class CountingApp : PulseApp
    {
        internal RequestQueries Queries { get; } = new();

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureServices(services => services.ConfigureDbContext<PulseDbContext>(db => db.AddInterceptors(Queries)));
        }
    }

    [Fact]
    public async Task Many_items_ask_the_database_no_more_often_than_one()
    {
        using var editor = await app.SignInAsync(Roles.Editor);
        // Nobody answers there, and nothing of this machine is read.
        List<string> links = [.. Enumerable.Range(1, Many).Select(i => $"http://127.0.0.1:9/{i}")];
        await PasteAsync(editor, links[..1]);
        var intakeOfOne = await CountAsync(editor, "/editor/intake");
        await PasteAsync(editor, links);
        var intakeOfMany = await CountAsync(editor, "/editor/intake");
        var one = await new EditionBuilder().Item("Alone", item => item.Url = links[0]).SaveAsync(app);
        var many = new EditionBuilder();
        foreach (var link in links)
            many.Item($"A report of its own kind on {link.Replace("http://127.0.0.1:9/", "matter number ", StringComparison.Ordinal)}", item => item.Url = link);
        var edition = await many.SaveAsync(app);

        var checksOfOne = await CountAsync(editor, $"/editor/editions/{one.Month}/checks");
        var checksOfMany = await CountAsync(editor, $"/editor/editions/{edition.Month}/checks");

        Assert.Equal(Many, (await editor.GetAsync("/editor/intake")).Document.QuerySelectorAll("[id^=item-]").Count(card => int.TryParse(card.Id!["item-".Length..], out _)));
        Assert.Equal((intakeOfOne, checksOfOne), (intakeOfMany, checksOfMany));
    }

    private async Task<int> CountAsync(Visitor editor, string path)
    {
        // What is asked but once, by whichever page comes first, is no part of it.
        await editor.GetAsync(path);
        var before = app.Queries.Count;
        await editor.GetAsync(path);
        return app.Queries.Count - before;
    }

    private static async Task PasteAsync(Visitor editor, IEnumerable<string> links)
        => await editor.SubmitAsync(await editor.GetAsync("/editor/intake"), new() { ["Form.Links"] = string.Join('\n', links) }, "#links-form");

    internal sealed class RequestQueries : DbCommandInterceptor
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            // Work in the background asks too, whenever it wants.
            if (Activity.Current is not null)
                Interlocked.Increment(ref _count);
            return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
        }
    }
}
