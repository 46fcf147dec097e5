using System.CommandLine;
using CordisPulse.Core;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Import;

namespace CordisPulse.Web.Commands;

internal static class EditionImportCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("file") { Description = $"The edition, as {EditionFile.FileTypesInWords}; several files become as many editions.", Arity = ArgumentArity.OneOrMore };
        var month = CommandArguments.OptionalMonth("--month", "The month, when the text does not say it or is wrong.");
        var publishedOn = CommandArguments.Day("--published-on", "The day on which an old edition first appeared; its missing links are then warnings.");
        var dryRun = new Option<bool>("--dry-run") { Description = "Only show what was recognised; save nothing." };
        var publish = new Option<bool>("--publish") { Description = "Publish it at once; refused on errors, the edition then stays a draft." };
        var replace = new Option<bool>("--replace") { Description = "Put it in place of the edition of that month." };
        var command = new Command("import", "Read an edition from a file; say what was recognised and what needs a look.")
        {
            files, month, publishedOn, dryRun, publish, replace,
        };
        command.Validators.Add(parsed =>
        {
            if (parsed.GetResult(files)?.Tokens.Count > 1 && (parsed.GetResult(month) is not null || parsed.GetResult(publishedOn) is not null))
                parsed.AddError("--month and --published-on are for one file: several are of several months.");
        });
        command.SetAction((parsed, cancellationToken) => CommandHost.RunAsync(prepareDatabase: true, async services =>
        {
            var act = new Act(parsed.GetValue(month), parsed.GetValue(publishedOn), parsed.GetValue(dryRun), parsed.GetValue(publish), parsed.GetValue(replace));
            if (parsed.GetValue(files) is [var file])
                await ImportOneAsync(services, file, act, cancellationToken);
            else
                await ImportSeveralAsync(services, parsed.GetValue(files)!, act, cancellationToken);
        }, cancellationToken));
        return command;
    }

    private static async Task ImportOneAsync(IServiceProvider services, string file, Act act, CancellationToken cancellationToken)
    {
        var recognised = await ReadAsync(services, file, act.Month, cancellationToken);
        await RecognisedReport.WriteAsync(recognised, Console.Out);
        if (recognised.Month is null)
            throw new RefusedException($"{recognised.MonthIsWanted} Give the month with --month YYYY-MM.");
        if (act.DryRun)
        {
            await Console.Out.WriteLineAsync("\nNothing was saved.");
            return;
        }

        var saved = await SaveAsync(services, recognised, recognised.Month.Value, act, cancellationToken);
        await Console.Out.WriteLineAsync($"\n{saved.Title} was brought in as {saved}.");
        if (act.Publish)
            await Console.Out.WriteLineAsync($"It is published, revision {await PublishAsync(services, saved, cancellationToken)}.");
    }

    /// <summary>A file that is refused keeps none of the others out.</summary>
    private static async Task ImportSeveralAsync(IServiceProvider services, string[] files, Act act, CancellationToken cancellationToken)
    {
        List<ImportedFile> outcome = [];
        HashSet<EditionMonth> months = [];
        foreach (var file in files)
        {
            // Each in a scope of its own, so that what was refused half-way is not saved with the next.
            await using var scope = services.CreateAsyncScope();
            outcome.Add(await OutcomeAsync(scope.ServiceProvider, file, act, months, cancellationToken));
        }

        await RecognisedReport.WriteAsync(outcome, Console.Out);
        if (outcome.Count(file => file.IsRefused) is > 0 and var refused)
            throw new RefusedException($"{Counted.Of(refused, "file")} of {files.Length} refused; the table says why.");
    }

    private static async Task<ImportedFile> OutcomeAsync(IServiceProvider services, string file, Act act, HashSet<EditionMonth> months, CancellationToken cancellationToken)
    {
        RecognisedEdition? recognised = null;
        try
        {
            recognised = await ReadAsync(services, file, null, cancellationToken);
            var month = recognised.Month ?? throw new RefusedException($"{recognised.MonthIsWanted} Bring it in alone, with --month YYYY-MM.");
            if (!months.Add(month))
                throw new RefusedException($"Another of these files is of {month.Title} too; the first was taken.");
            if (act.DryRun)
                return new ImportedFile(Path.GetFileName(file), recognised, "read, not saved", false);
            await SaveAsync(services, recognised, month, act, cancellationToken);
            if (!act.Publish)
                return new ImportedFile(Path.GetFileName(file), recognised, "brought in as a draft", false);
            return new ImportedFile(Path.GetFileName(file), recognised, $"published, revision {await PublishAsync(services, month, cancellationToken)}", false);
        }
        catch (RefusedException e)
        {
            return new ImportedFile(Path.GetFileName(file), recognised, e.Message, true);
        }
    }

    private static async Task<RecognisedEdition> ReadAsync(IServiceProvider services, string path, EditionMonth? month, CancellationToken cancellationToken)
    {
        try
        {
            await using var content = File.OpenRead(path);
            return await services.GetRequiredService<EditionImporter>().RecogniseAsync(Path.GetFileName(path), content, month, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException($"'{path}' cannot be read: {e.Message}");
        }
    }

    private static async Task<EditionMonth> SaveAsync(IServiceProvider services, RecognisedEdition recognised, EditionMonth month, Act act, CancellationToken cancellationToken)
    {
        if (!act.Replace && await services.GetRequiredService<EditionDocumentReader>().ReadDraftAsync(month, cancellationToken) is not null)
            throw new RefusedException($"There is an edition of {month.Title} ({month}) already. Put this in its place with --replace, or give another month with --month.");
        return await services.GetRequiredService<EditionImporter>().SaveAsync(
            new SaveImport { Edition = recognised, PublishedOn = act.PublishedOn, Replace = act.Replace, ById = null }, cancellationToken);
    }

    private static Task<int> PublishAsync(IServiceProvider services, EditionMonth month, CancellationToken cancellationToken)
        => services.GetRequiredService<EditionPublisher>().PublishAsync(new PublishEdition { Month = month, ById = null }, cancellationToken);

    private sealed record Act(EditionMonth? Month, DateOnly? PublishedOn, bool DryRun, bool Publish, bool Replace);
}

/// <param name="Recognised">Null for a file that could not be read.</param>
/// <param name="Outcome">What became of it, or why it was refused.</param>
internal sealed record ImportedFile(string Name, RecognisedEdition? Recognised, string Outcome, bool IsRefused);
