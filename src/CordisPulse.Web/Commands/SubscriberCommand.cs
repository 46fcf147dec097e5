using System.CommandLine;
using CordisPulse.Core;
using CordisPulse.Core.Subscriptions;

namespace CordisPulse.Web.Commands;

internal static class SubscriberCommand
{
    public static Command Create() => new("subscriber", "Add people to the list, or write the list out.") { Import(), Export() };

    private static Command Import()
    {
        var file = new Argument<string>("FILE.csv") { Description = "Columns email, name, organisation and sectors (names or slugs, semicolons between), in UTF-8." };
        var consent = new Option<string>("--consent") { Description = "How they agreed; kept with each person.", Required = true };
        var command = new Command("import", "Add subscribers. Whoever has left stays away.") { file, consent };
        command.SetAction((parsed, cancellationToken) => CommandHost.RunAsync(prepareDatabase: true, async services =>
        {
            await using var stream = Open(() => File.OpenRead(parsed.GetRequiredValue(file)));
            var report = await services.GetRequiredService<SubscriberImport>().ImportAsync(
                new ImportSubscribers { File = stream, Basis = new StatedBasis { Ground = ConsentGround.Consent, ObtainedFrom = parsed.GetRequiredValue(consent) } }, Progress(), cancellationToken);
            await Console.Out.WriteLineAsync(
                $"{report.Added} added, {report.AlreadyThere} already there, {report.Suppressed.Count} suppressed, {report.Rejected.Count} rejected");
            foreach (var line in report.Suppressed)
                await Console.Out.WriteLineAsync($"  line {line.Line} suppressed: {line.Reason}");
            foreach (var line in report.Rejected)
                await Console.Out.WriteLineAsync($"  line {line.Line} rejected: {line.Reason}");
        }, cancellationToken));
        return command;
    }

    private static Command Export()
    {
        var output = new Option<string?>("--output") { Description = "The file to write; standard output when left out." };
        var command = new Command("export", "Write the list as CSV.") { output };
        command.SetAction((parsed, cancellationToken) => CommandHost.RunAsync(prepareDatabase: true, async services =>
        {
            await using var stream = parsed.GetValue(output) is { } path ? (Stream)Open(() => File.Create(path)) : Console.OpenStandardOutput();
            await services.GetRequiredService<SubscriberExport>().WriteAsync(stream, cancellationToken);
        }, cancellationToken));
        return command;
    }

    private static FileStream Open(Func<FileStream> open)
    {
        try
        {
            return open();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new RefusedException(e.Message);
        }
    }

    private static Action<int, int>? Progress() => Console.IsErrorRedirected
        ? null
        : (done, total) => Console.Error.Write(done == total ? $"\r{done} of {total}\n" : $"\r{done} of {total}");
}
