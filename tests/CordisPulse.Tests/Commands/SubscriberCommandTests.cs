using CordisPulse.Core.Subscriptions;
using CordisPulse.Tests.Builders;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Commands;

public sealed class SubscriberCommandTests(PulseApp app) : IClassFixture<PulseApp>
{
    [Fact]
    public async Task A_list_is_added_once_and_never_over_those_who_left()
    {
        var file = Path.Combine(app.Directory, "list.csv");
        await File.WriteAllTextAsync(file, "\ufeffName;E-mail\r\n\"Smith\nJo\";jo@example.org\r\n=cmd;sam@example.org\r\nx;nobody\r\n");
        var first = await PulseCommand.RunAsync(app, "subscriber", "import", file, "--consent", "Asked at the stand");
        Assert.True(first.ExitCode == 0, first.Error);
        Assert.Contains("2 added, 0 already there, 0 suppressed, 1 rejected", first.Output, StringComparison.Ordinal);
        Assert.Contains("line 5 rejected", first.Output, StringComparison.Ordinal);

        var token = await app.QueryAsync(db => db.Subscribers.Where(row => row.Email == "jo@example.org").Select(row => row.UnsubscribeToken).SingleAsync());
        using var visitor = app.Visit();
        await visitor.SubmitAsync(await visitor.GetAsync($"/unsubscribe/{token}"));
        var second = await PulseCommand.RunAsync(app, "subscriber", "import", file, "--consent", "Asked again");
        Assert.Contains("0 added, 1 already there, 1 suppressed, 1 rejected", second.Output, StringComparison.Ordinal);
        Assert.Equal(SubscriberStatus.Unsubscribed, await app.QueryAsync(db => db.Subscribers.Where(row => row.Email == "jo@example.org").Select(row => row.Status).SingleAsync()));

        var export = await PulseCommand.RunProcessAsync(app.Settings, "subscriber", "export");
        Assert.Contains("sam@example.org,\"'=cmd\",", export.Output, StringComparison.Ordinal);
        Assert.Contains("jo@example.org,Smith Jo,", export.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exported_list_comes_back_as_it_was_without_those_who_had_left()
    {
        await using var from = new PulseApp();
        await using var to = new PulseApp();
        var list = Path.Combine(from.Directory, "list.csv");
        await File.WriteAllTextAsync(list, "email,name\n+plus@example.org,=Sum\n=eq@example.org,Eq\n-dash@example.org,Dash\ngone@example.org,Gone\n");
        await PulseCommand.RunAsync(from, "subscriber", "import", list, "--consent", "Asked at the stand");
        var token = await from.QueryAsync(db => db.Subscribers.Where(row => row.Email == "gone@example.org").Select(row => row.UnsubscribeToken).SingleAsync());
        using var visitor = from.Visit();
        await visitor.SubmitAsync(await visitor.GetAsync($"/unsubscribe/{token}"));
        var export = Path.Combine(from.Directory, "export.csv");
        await PulseCommand.RunAsync(from, "subscriber", "export", "--output", export);

        var back = await PulseCommand.RunAsync(to, "subscriber", "import", export, "--consent", "Moved from the other database");

        Assert.Contains("3 added, 0 already there, 0 suppressed, 1 rejected", back.Output, StringComparison.Ordinal);
        Assert.Equal(
            new HashSet<(string, string)> { ("+plus@example.org", "=Sum"), ("-dash@example.org", "Dash"), ("=eq@example.org", "Eq") },
            (await to.QueryAsync(db => db.Subscribers.Select(row => new { row.Email, row.Name }).ToListAsync())).Select(row => (row.Email!, row.Name!)).ToHashSet());
    }

    [Fact]
    public async Task A_workbook_is_imported_on_another_ground_with_its_proof()
    {
        var file = Path.Combine(app.Directory, "clients.xlsx");
        await File.WriteAllBytesAsync(file, new MadeWorkbook { Rows = $"<row>{MadeWorkbook.Text("A1", "E-mail")}</row><row>{MadeWorkbook.Text("A2", "client@ground.example")}</row>" }.ToBytes());

        var result = await PulseCommand.RunAsync(
            app, "subscriber", "import", file, "--ground", "legitimate-interests", "--from", "Our clients' contacts", "--on", "2022-03-01", "--told", "Monthly", "--assessment", "LIA 3");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("1 added, 0 already there, 0 suppressed, 0 rejected", result.Output, StringComparison.Ordinal);
        var basis = await app.QueryAsync(db => db.Subscribers.Where(row => row.Email == "client@ground.example").Select(row => row.Basis!).SingleAsync());
        Assert.Equal(
            (ConsentGround.LegitimateInterests, "Our clients' contacts", new DateOnly(2022, 3, 1), "Monthly", "LIA 3"),
            (basis.Ground, basis.ObtainedFrom, basis.ObtainedOn, basis.Told, basis.Assessment));
        Assert.Equal("clients.xlsx", await app.QueryAsync(db => db.ListImports.OrderBy(row => row.Id).Select(row => row.FileName).LastAsync()));
    }

    [Theory]
    [InlineData("email\na@example.org\n\"b@example.org\n", "never closed")]
    [InlineData("", "empty")]
    [InlineData("first,second\n", "name the columns")]
    public async Task A_file_that_is_no_list_adds_nobody(string content, string says)
    {
        var file = Path.Combine(app.Directory, $"{Guid.NewGuid():N}.csv");
        await File.WriteAllTextAsync(file, content);
        var result = await PulseCommand.RunAsync(app, "subscriber", "import", file, "--consent", "x");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(says, result.Error, StringComparison.Ordinal);
        Assert.False(await app.QueryAsync(db => db.Subscribers.AnyAsync(row => row.Email == "a@example.org")));
    }
}
