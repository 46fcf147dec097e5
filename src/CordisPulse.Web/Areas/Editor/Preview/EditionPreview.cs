using CordisPulse.Core.Editions;
using CordisPulse.Core.Hosting;
using CordisPulse.Core.Mailings;
using CordisPulse.Core.Rendering;
using CordisPulse.Core.Site;
using CordisPulse.Web.Features.Archive;

namespace CordisPulse.Web.Areas.Editor.Preview;

public enum PreviewKind
{
    Web,
    Email,
    Text,
}

/// <param name="MailBytes">Bytes of the e-mail's HTML part.</param>
/// <param name="Text">The e-mail's text part.</param>
public sealed record PreviewPage(EditionMonth Month, PreviewKind Kind, bool Phone, string Subject, int MailBytes, string Text)
{
    public string Board => $"/editor/editions/{Month}";

    public string Address => $"{Board}/preview";

    public string Frame => $"{Address}/{(Kind == PreviewKind.Email ? "email" : "web")}-frame";
}

/// <summary>What stands above every page of the preview.</summary>
/// <param name="Page">The page that is open, by one of the names here.</param>
public sealed record PreviewHead(EditionMonth Month, string Page)
{
    public const string Web = nameof(PreviewKind.Web);
    public const string Email = nameof(PreviewKind.Email);
    public const string Text = nameof(PreviewKind.Text);
    public const string Comments = nameof(Comments);
    public const string Links = nameof(Links);
}

/// <summary>Makes of the working text what publishing and sending would make of it.</summary>
public sealed class EditionPreview(EditionDocumentReader documents, EditionMail mail, TestSend test, Publisher publisher, PublicAddress address)
{
    /// <summary>Null when there is no such edition.</summary>
    public async Task<PreviewPage?> ReadAsync(EditionMonth month, PreviewKind kind, bool phone, CancellationToken cancellationToken)
        => await RenderMailAsync(month, cancellationToken) is { } rendered
            ? new PreviewPage(month, kind, phone, rendered.Subject, rendered.HtmlBytes, rendered.Text)
            : null;

    /// <summary>The edition's public page, made from the working text.</summary>
    public async Task<EditionPage?> ReadWebPageAsync(EditionMonth month, CancellationToken cancellationToken)
        => await documents.ReadDraftAsync(month, cancellationToken) is { } document
            ? new EditionPage(document, Pulse.Of(document), (await publisher.GetAsync(cancellationToken)).Name, null, null)
            : null;

    public async Task<RenderedMail?> RenderMailAsync(EditionMonth month, CancellationToken cancellationToken)
        => await documents.ReadDraftAsync(month, cancellationToken) is { } document
            ? await mail.RenderForLookAsync(document, address.Links, cancellationToken)
            : null;

    /// <returns>False when there is no such edition.</returns>
    /// <exception cref="CordisPulse.Core.RefusedException">The mail server did not take the message.</exception>
    public async Task<bool> SendTestAsync(EditionMonth month, string toAddress, CancellationToken cancellationToken)
    {
        if (await documents.ReadDraftAsync(month, cancellationToken) is not { } document)
            return false;
        await test.SendAsync(document, toAddress, cancellationToken);
        return true;
    }
}
