using System.CommandLine;
using CordisPulse.Core;
using CordisPulse.Core.Audit;
using CordisPulse.Core.Subscriptions;

namespace CordisPulse.Web.Commands;

internal static class SubscriberCommand
{
    private static readonly Dictionary<string, ConsentGround> Grounds = new()
    {
        ["consent"] = ConsentGround.Consent,
        ["soft-opt-in"] = ConsentGround.SoftOptIn,
        ["legitimate-interests"] = ConsentGround.LegitimateInterests,
    };

    public static Command Create() => new("subscriber", "Add people to the list, or write the list out.") { Import(), Export() };

    private static Command Import()
    {
        var file = new Argument<string>("FILE.csv") { Description = "A CSV file or an Excel workbook (.xlsx) with columns email, name, organisation and sectors (names or slugs, semicolons between)." };
        var consent = new Option<string?>("--consent") { Description = "How they agreed; kept with each person." };
        var ground = new Option<string?>("--ground") { Description = "In place of --consent, with --from: on what other ground they are mailed." };
        ground.AcceptOnlyFromAmong([.. Grounds.Keys]);
        var from = new Option<string?>("--from") { Description = "Where the addresses are from; told to each person in the first edition that they get." };
        var on = new Option<DateOnly?>("--on") { Description = "The day on which they were got, as YYYY-MM-DD." };
        var told = new Option<string?>("--told") { Description = "What the people were told, in the words that were used." };
        var assessment = new Option<string?>("--assessment") { Description = "Where the assessment of legitimate interests is kept." };
        var command = new Command("import", "Add subscribers. Whoever has left stays away.") { file, consent, ground, from, on, told, assessment };
        command.Validators.Add(result =>
        {
            if (result.GetValue(consent) is null == result.GetValue(from) is null)
                result.AddError("Say how they agreed with --consent \"…\", or on what other ground they are mailed with --ground and --from.");
            else if (result.GetValue(ground) is not null && result.GetValue(from) is null)
                result.AddError("Say with --from where the addresses are from.");
        });
        command.SetAction((parsed, cancellationToken) => CommandHost.RunAsync(prepareDatabase: true, async services =>
        {
            await using var stream = Open(() => File.OpenRead(parsed.GetRequiredValue(file)));
            var import = new ImportSubscribers
            {
                File = stream,
                FileName = Path.GetFileName(parsed.GetRequiredValue(file)),
                Basis = new StatedBasis
                {
                    Ground = parsed.GetValue(ground) is { } name ? Grounds[name] : ConsentGround.Consent,
                    ObtainedFrom = parsed.GetValue(consent) ?? parsed.GetValue(from)!,
                    ObtainedOn = parsed.GetValue(on),
                    Told = parsed.GetValue(told),
                    Assessment = parsed.GetValue(assessment),
                },
            };
            var report = await services.GetRequiredService<SubscriberImport>().ImportAsync(import, Progress(), cancellationToken);
            await Console.Out.WriteLineAsync(
                $"{report.Added} added, {report.AlreadyThere} already there, {report.Suppressed.Count} suppressed, {report.Rejected.Count} rejected");
            if (report.Hidden > 0)
                await Console.Out.WriteLineAsync($"  left out: {report.Hidden} {(report.Hidden == 1 ? "row that is" : "rows that are")} hidden in the workbook");
            if (report.Above is { } above)
                await Console.Out.WriteLineAsync($"  {above.LeftOutAbove}");
            foreach (var column in report.Doubtful)
                await Console.Out.WriteLineAsync($"  {column.InWords} If it tells who may be mailed, take this import back in the editor, and import the list there.");
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
            await services.GetRequiredService<SubscriberDirectory>().NoteAsync(AuditedActs.ExportList, null, accountId: null);
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
