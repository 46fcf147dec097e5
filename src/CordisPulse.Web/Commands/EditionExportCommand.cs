using System.CommandLine;
using System.Text;
using CordisPulse.Core;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Hosting;
using CordisPulse.Core.Mailings.Messages;
using CordisPulse.Core.Rendering;
using CordisPulse.Core.Site;

namespace CordisPulse.Web.Commands;

internal static class EditionExportCommand
{
    /// <summary>To whom an exported mail is addressed: nobody (RFC 2606).</summary>
    private const string Nobody = "reader@example.org";

    public static Command Create()
    {
        var month = CommandArguments.Month();
        var format = new Option<string>("--format") { Description = "markdown, text, html, eml or json.", Required = true };
        format.AcceptOnlyFromAmong("markdown", "text", "html", "eml", "json");
        var output = new Option<string?>("--output") { Description = "The file to write; standard output when left out.", HelpName = "FILE" };
        var command = new Command("export", "Write an edition's working text in a format; html and eml are the mail.") { month, format, output };
        command.SetAction((parsed, cancellationToken) => CommandHost.RunAsync(prepareDatabase: true, async services =>
        {
            var document = await services.GetRequiredService<EditionDocumentReader>().ReadDraftAsync(parsed.GetValue(month), cancellationToken)
                ?? throw new RefusedException($"There is no edition of {parsed.GetValue(month)}.");
            var text = await WriteAsync(document, parsed.GetValue(format)!, services, cancellationToken);
            if (parsed.GetValue(output) is { } path)
                await SaveAsync(path, text, cancellationToken);
            else
                await Console.Out.WriteLineAsync(text);
        }, cancellationToken));
        return command;
    }

    private static async Task<string> WriteAsync(EditionDocument document, string format, IServiceProvider services, CancellationToken cancellationToken)
    {
        if (format == "json")
            return document.ToJson();
        var links = services.GetRequiredService<PublicAddress>().Links;
        if (format is "markdown" or "text")
        {
            var publisher = (await services.GetRequiredService<Publisher>().GetAsync(cancellationToken)).Name;
            return format == "markdown" ? EditionMarkdown.Write(document, publisher) : EditionPlainText.Write(document, publisher, links);
        }

        var mail = await services.GetRequiredService<EditionMail>().RenderForLookAsync(document, links, cancellationToken);
        if (format == "html")
            return mail.Html;
        using var message = services.GetRequiredService<EditionMessageFactory>().CreateForLook(mail, Nobody).Message;
        using var stream = new MemoryStream();
        await message.WriteToAsync(stream, cancellationToken);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static async Task SaveAsync(string path, string text, CancellationToken cancellationToken)
    {
        try
        {
            await File.WriteAllTextAsync(path, text, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException($"'{path}' cannot be written: {e.Message}");
        }
    }
}
