using System.CommandLine;
using CordisPulse.Core;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Import;

namespace CordisPulse.Web.Commands;

internal static class EditionImportCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "The edition, as .txt or .md." };
        var month = CommandArguments.OptionalMonth("--month", "The month, when the text does not say it or is wrong.");
        var publishedOn = CommandArguments.Day("--published-on", "The day on which an old edition first appeared; its missing links are then warnings.");
        var dryRun = new Option<bool>("--dry-run") { Description = "Only show what was recognised; save nothing." };
        var publish = new Option<bool>("--publish") { Description = "Publish it at once; refused on errors, the edition then stays a draft." };
        var replace = new Option<bool>("--replace") { Description = "Put it in place of the edition of that month." };
        var command = new Command("import", "Read an edition from a file; say what was recognised and what needs a look.")
        {
            file, month, publishedOn, dryRun, publish, replace,
        };
        command.SetAction((parsed, cancellationToken) => CommandHost.RunAsync(prepareDatabase: true, async services =>
        {
            var importer = services.GetRequiredService<EditionImporter>();
            var recognised = await ReadAsync(importer, parsed.GetValue(file)!, parsed.GetValue(month), cancellationToken);
            await RecognisedReport.WriteAsync(recognised, Console.Out);
            if (recognised.Month is not { } recognisedMonth)
                throw new RefusedException("The text does not say which month it is of. Give the month with --month YYYY-MM.");
            if (parsed.GetValue(dryRun))
            {
                await Console.Out.WriteLineAsync("\nNothing was saved.");
                return;
            }

            if (!parsed.GetValue(replace) && await services.GetRequiredService<EditionDocumentReader>().ReadDraftAsync(recognisedMonth, cancellationToken) is not null)
                throw new RefusedException($"There is an edition of {recognisedMonth.Title} ({recognisedMonth}) already. Put this in its place with --replace, or give another month with --month.");
            var saved = await importer.SaveAsync(
                new SaveImport
                {
                    Edition = recognised,
                    PublishedOn = parsed.GetValue(publishedOn),
                    Replace = parsed.GetValue(replace),
                    ById = null,
                },
                cancellationToken);
            await Console.Out.WriteLineAsync($"\n{saved.Title} was brought in as {saved}.");
            if (parsed.GetValue(publish))
            {
                var revision = await services.GetRequiredService<EditionPublisher>()
                    .PublishAsync(new PublishEdition { Month = saved, ById = null }, cancellationToken);
                await Console.Out.WriteLineAsync($"It is published, revision {revision}.");
            }
        }, cancellationToken));
        return command;
    }

    private static async Task<RecognisedEdition> ReadAsync(EditionImporter importer, string path, EditionMonth? month, CancellationToken cancellationToken)
    {
        try
        {
            await using var content = File.OpenRead(path);
            return await importer.RecogniseAsync(Path.GetFileName(path), content, month, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException($"'{path}' cannot be read: {e.Message}");
        }
    }
}
