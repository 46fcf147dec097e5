using System.Net;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Outbound;

namespace CordisPulse.Core.Intake;

/// <summary>What came of reading a page.</summary>
/// <param name="Facts">Null when it could not be read.</param>
/// <param name="Problem">Why not, in an editor's words.</param>
/// <param name="MayPass">True when it may be read later.</param>
/// <param name="RetryAfter">How long the site asks to be left alone.</param>
public sealed record ReadPage(PageFacts? Facts, string? Problem, bool MayPass = false, TimeSpan? RetryAfter = null);

/// <summary>Fetches the page or PDF that a link leads to, and reads what it says of the report.</summary>
public sealed class PageReader(OutboundClient outbound)
{
    private const int MaxBytes = 20 * 1024 * 1024;

    /// <summary>Within which a page begins.</summary>
    private const int Head = 2048;

    public async Task<ReadPage> ReadAsync(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            var (page, next) = await GetAsync(address, cancellationToken);
            if (next is not null)
                (page, next) = await GetAsync(next, cancellationToken);
            if (next is not null)
                return new ReadPage(null, "It redirects again and again.");
            return page.Facts?.Titles.FirstOrDefault(StandInPage.SaysNotFound) is { } title ? new ReadPage(null, $"The page says that it is not there: it is called “{title}”.") : page;
        }
        catch (OutboundRefusedException e)
        {
            return new ReadPage(null, e.Message, e.MayPass);
        }
    }

    /// <summary>The page, and where it sends on to.</summary>
    private async Task<(ReadPage Page, Uri? Next)> GetAsync(Uri address, CancellationToken cancellationToken)
    {
        var answer = await outbound.GetAsync(
            new OutboundRequest { Address = address, Accept = "text/html, application/xhtml+xml, application/pdf;q=0.9, */*;q=0.1", MaxBytes = MaxBytes }, cancellationToken);
        var page = Read(answer, cancellationToken);
        // One that loads itself again is no redirect.
        return page.Facts?.SendsOnTo is { } to && Uri.TryCreate(answer.Address, to, out var next) && LinkKey.From(next.AbsoluteUri) != LinkKey.From(answer.Address.AbsoluteUri) ? (page, next) : (page, null);
    }

    /// <summary>What an answer says of the page.</summary>
    public static ReadPage Read(OutboundAnswer answer, CancellationToken cancellationToken) => answer.Status switch
    {
        HttpStatusCode.OK when IsPdf(answer) => PdfFile.Read(answer.Content, cancellationToken),
        HttpStatusCode.OK when Html(answer) is { } html => ReadHtml(html, cancellationToken),
        HttpStatusCode.OK => new ReadPage(null, $"It is neither a web page nor a PDF{Type(answer)}."),
        HttpStatusCode.NotFound or HttpStatusCode.Gone => new ReadPage(null, "The site has no such page."),
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new ReadPage(null, "The site shows it only to people."),
        HttpStatusCode.TooManyRequests => new ReadPage(null, "The site asks to be left alone for a while.", MayPass: true, answer.RetryAfter),
        >= HttpStatusCode.InternalServerError => new ReadPage(null, $"The site is out of order ({(int)answer.Status}).", MayPass: true, answer.RetryAfter),
        _ => new ReadPage(null, $"The site answered {(int)answer.Status}."),
    };

    /// <summary>The first bytes tell; servers send PDFs under many names, and pages under this one.</summary>
    private static bool IsPdf(OutboundAnswer answer) => answer.Content.AsSpan().StartsWith("%PDF-"u8);

    /// <summary>The text of a page, whether the server calls it one or its beginning shows it; null when it is none.</summary>
    private static string? Html(OutboundAnswer answer)
    {
        if (!IsCalledPage(answer) && !IsPage(PageText.Decode(answer.Content.AsSpan(0, Math.Min(Head, answer.Content.Length)), answer.Charset)))
            return null;
        var html = PageText.Decode(answer.Content, answer.Charset);
        return html.Contains('\0', StringComparison.Ordinal) ? null : html;
    }

    private static bool IsCalledPage(OutboundAnswer answer) => answer.MediaType is "text/html" or "application/xhtml+xml" or "";

    private static bool IsPage(string head)
        => head.TrimStart() is ['<', ..] text && (text.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || text.Contains("<html", StringComparison.OrdinalIgnoreCase));

    private static ReadPage ReadHtml(string html, CancellationToken cancellationToken)
    {
        try
        {
            return new ReadPage(HtmlPage.Read(html, cancellationToken), null);
        }
        catch (SlowHtmlException e)
        {
            return new ReadPage(null, e.Message);
        }
    }

    private static string Type(OutboundAnswer answer) => answer.MediaType.Length is 0 or >= 80 ? ""
        : IsCalledPage(answer) || answer.MediaType == "application/pdf" ? $", but its type says {answer.MediaType}"
        : $" but {answer.MediaType}";
}
