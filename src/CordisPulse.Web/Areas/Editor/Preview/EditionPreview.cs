using CordisPulse.Core;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Hosting;
using CordisPulse.Core.Mailings;
using CordisPulse.Core.Mailings.Looks;
using CordisPulse.Core.Mailings.Messages;
using CordisPulse.Core.Rendering;
using CordisPulse.Core.Site;
using CordisPulse.Web.Features.Archive;

namespace CordisPulse.Web.Areas.Editor.Preview;

public sealed record PreviewPage
{
    public required EditionMonth Month { get; init; }

    public required PreviewLook Look { get; init; }

    public required string Subject { get; init; }

    public required string Preheader { get; init; }

    /// <summary>Of the whole edition.</summary>
    public required IReadOnlyList<PreviewSector> Sectors { get; init; }

    /// <summary>Null where the mail is not looked at.</summary>
    public required PreviewMail? Mail { get; init; }

    public required TestForm Form { get; init; }

    public string Board => $"/editor/editions/{Month}";

    public string Address => $"{Board}/preview";

    public string Frame => $"{Address}/{(Look.Show == PreviewKind.Email ? "email" : "web")}-frame{Look.ToQuery()}";

    public bool Shows(PreviewSector sector) => Look.Sectors.Count == 0 || Look.Sectors.Contains(sector.Slug);
}

public sealed record PreviewSector(string Name, string Slug);

/// <param name="Bytes">Of the HTML part.</param>
/// <param name="Text">The text part.</param>
/// <param name="Effects">What the program does to it, each in a sentence.</param>
/// <param name="Sizes">Of every variant.</param>
public sealed record PreviewMail(int Bytes, string Text, IReadOnlyList<string> Effects, IReadOnlyList<VariantBytes> Sizes);

/// <param name="To">The addresses that a test was for.</param>
/// <param name="Refusals">Why it did not go to some or all of them, each in a sentence.</param>
public sealed record SentTest(string To, IReadOnlyList<string> Refusals);

/// <summary>What stands above every page of the preview.</summary>
/// <param name="Page">The page that is open, by one of the names here.</param>
/// <param name="Look">How the edition is looked at, to be kept from page to page; the usual one when left out.</param>
public sealed record PreviewHead(EditionMonth Month, string Page, PreviewLook? Look = null)
{
    public const string Web = nameof(PreviewKind.Web);
    public const string Email = nameof(PreviewKind.Email);
    public const string Text = nameof(PreviewKind.Text);
    public const string Print = nameof(PreviewKind.Print);
    public const string Comments = nameof(Comments);
    public const string Links = nameof(Links);

    public string Address => $"/editor/editions/{Month}/preview";

    public string AddressOf(PreviewKind show) => $"{Address}{(Look ?? new PreviewLook()).With(show).ToQuery()}";
}

/// <summary>Makes of the working text what publishing and sending would make of it.</summary>
public sealed class EditionPreview(EditionDocumentReader documents, EditionMail mail, TestSend test, Publisher publisher, PublicAddress address)
{
    /// <summary>Null when there is no such edition.</summary>
    public async Task<PreviewPage?> ReadAsync(EditionMonth month, PreviewLook look, TestForm form, CancellationToken cancellationToken)
    {
        if (await documents.ReadDraftAsync(month, cancellationToken) is not { } document)
            return null;
        return new PreviewPage
        {
            Month = month,
            Look = look,
            Subject = document.Subject,
            Preheader = document.OnlySectors(look.Sectors).Preheader,
            Sectors = [.. from sector in document.Sectors where sector.Slug is not null select new PreviewSector(sector.Name, sector.Slug!)],
            Mail = look.IsOfMail ? await ReadMailAsync(document, look, cancellationToken) : null,
            Form = form,
        };
    }

    /// <summary>The edition's public page, made from the working text.</summary>
    public async Task<EditionPage?> ReadWebPageAsync(EditionMonth month, CancellationToken cancellationToken)
    {
        if (await documents.ReadDraftAsync(month, cancellationToken) is not { } draft)
            return null;
        // Publishing again keeps what readers have been told was corrected.
        var document = draft with { Corrections = (await documents.ReadPublishedAsync(month, cancellationToken))?.Corrections };
        return new EditionPage(document, Pulse.Of(document), (await publisher.GetAsync(cancellationToken)).Name, null, null);
    }

    /// <summary>The mail's HTML part as one program shows it.</summary>
    public async Task<string?> ReadMailFrameAsync(EditionMonth month, PreviewLook look, CancellationToken cancellationToken)
        => await documents.ReadDraftAsync(month, cancellationToken) is { } document
            ? MailLook.In(look.Program, (await RenderAsync(document, look, cancellationToken)).Html, look.Dark).Html
            : null;

    /// <summary>Null when there is no such edition.</summary>
    public async Task<SentTest?> SendTestAsync(EditionMonth month, PreviewLook look, TestForm form, int byId, CancellationToken cancellationToken)
    {
        if (await documents.ReadDraftAsync(month, cancellationToken) is not { } document)
            return null;
        try
        {
            var answers = await test.SendAsync(document.OnlySectors(look.Sectors), form.Addresses(), cancellationToken);
            await test.RecordAsync(month, byId, answers, cancellationToken);
            return new SentTest(
                string.Join(", ", answers.Select(answer => answer.Address.Address)),
                [.. from answer in answers where answer.Refusal is not null select $"Not sent to {answer.Address.Address}: {answer.Refusal}"]);
        }
        catch (RefusedException e)
        {
            return new SentTest("", [e.Message]);
        }
    }

    private async Task<PreviewMail> ReadMailAsync(EditionDocument document, PreviewLook look, CancellationToken cancellationToken)
    {
        var rendered = await RenderAsync(document, look, cancellationToken);
        return new PreviewMail(
            rendered.HtmlBytes,
            rendered.Text,
            MailLook.In(look.Program, rendered.Html, look.Dark).Effects,
            await mail.SizesAsync(document, address.Links, cancellationToken));
    }

    private Task<RenderedMail> RenderAsync(EditionDocument document, PreviewLook look, CancellationToken cancellationToken)
        => mail.RenderForLookAsync(document.OnlySectors(look.Sectors), address.Links, cancellationToken);
}
