using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Hosting;
using CordisPulse.Core.Site;
using CordisPulse.Core.Subscriptions;
using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Mailings.Messages;

/// <summary>Makes a text from a view of the web program: a function, because views are all that this library does not have.</summary>
/// <param name="view">Path of the view, such as <c>/MailViews/EditionHtml.cshtml</c>.</param>
public delegate Task<string> RenderView(string view, object model);

/// <summary>The two parts of a mail and its subject line.</summary>
public sealed record RenderedMail(string Subject, string Html, string Text)
{
    /// <summary>
    /// Stands where a recipient's token goes. It is a Unicode noncharacter, and every one that an edition holds is taken out, so that no
    /// text can have a token put into it.
    /// </summary>
    public const char TokenMark = '\uFDD0';

    /// <summary>Of every token.</summary>
    public const int TokenLength = 26;

    /// <summary>Bytes of the HTML part as one recipient gets it, in UTF-8. Gmail cuts at about 102 KB.</summary>
    public int HtmlBytes => Encoding.UTF8.GetByteCount(Html.Replace(TokenMark.ToString(), new string('a', TokenLength), StringComparison.Ordinal));

    /// <summary>As <see cref="MailingVariant.Sha256"/> has it.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', Subject, Html, Text))));
}

/// <summary>What the first edition that reaches somebody whom staff put on the list opens with.</summary>
public sealed record BasisNotice(ConsentGround Ground, string ObtainedFrom, DateOnly? ObtainedOn);

/// <param name="Bytes">Of its summary as HTML, in UTF-8.</param>
public sealed record ItemBytes(int ItemId, string Title, int Bytes);

/// <summary>How large the mail is for those who want these sectors.</summary>
/// <param name="Sectors">Of the edition, in its order; each variant names at least one.</param>
/// <param name="HtmlBytes">Bytes of the HTML part, in UTF-8.</param>
public sealed record VariantBytes(IReadOnlyList<DocumentSector> Sectors, int HtmlBytes);

/// <summary>Renders an edition as a mail.</summary>
public sealed partial class EditionMail(RenderView render, MailMarkdown markdown, Publisher publisher, IOptions<SiteOptions> site)
{
    /// <summary>The largest HTML part that no mail program cuts: Gmail hides what comes after about 102 KB, the unsubscribe link with it.</summary>
    public const int MaxHtmlBytes = 100_000;

    /// <summary>Where Gmail cuts, about; what a mailing allows lies below it.</summary>
    public const int GmailCutsAt = 102_000;

    private const int MostSectorsToCombine = 4;

    private const string HtmlView = "/MailViews/EditionHtml.cshtml";
    private const string TextView = "/MailViews/EditionText.cshtml";

    /// <summary>The mail for a mailing, with <see cref="RenderedMail.TokenMark"/> in place of the recipient's token.</summary>
    /// <param name="notice">What its readers have to be told of how they came to be on the list; null for all who know.</param>
    public async Task<RenderedMail> RenderAsync(EditionDocument document, SiteLinks links, BasisNotice? notice = null, CancellationToken cancellationToken = default)
    {
        // Known to nobody before this call, so that the edition's own text can't hold it.
        var mark = RandomNumberGenerator.GetHexString(32, lowercase: true);
        var mail = await RenderAsync(document, links, new PersonalLinks(links.Preferences(mark), links.Unsubscribe(mark)), notice, cancellationToken);
        var token = RenderedMail.TokenMark.ToString();
        return mail with
        {
            Html = mail.Html.Replace(mark, token, StringComparison.Ordinal),
            Text = mail.Text.Replace(mark, token, StringComparison.Ordinal),
        };
    }

    /// <summary>The same mail for a look at it: its links to leave lead to the page for those without a link of their own.</summary>
    public Task<RenderedMail> RenderForLookAsync(EditionDocument document, SiteLinks links, CancellationToken cancellationToken = default)
        => RenderAsync(document, links, new PersonalLinks(links.To("unsubscribe"), links.To("unsubscribe")), null, cancellationToken);

    /// <summary>The items whose summaries take most of the HTML part, largest first.</summary>
    public IReadOnlyList<ItemBytes> Costliest(EditionDocument document, int most)
        => [.. document.Items
            .Select(placed => new ItemBytes(placed.Item.ItemId, placed.Item.Title, Encoding.UTF8.GetByteCount(markdown.ToHtml(placed.Item.Summary, 5))))
            .OrderByDescending(item => item.Bytes)
            .Take(most)];

    /// <summary>
    /// The size of every mail that a reader's choice of sectors can ask for, largest choice first. An edition of many sectors has too many
    /// choices to render; then only those of one sector.
    /// </summary>
    public async Task<IReadOnlyList<VariantBytes>> SizesAsync(EditionDocument document, SiteLinks links, CancellationToken cancellationToken = default)
    {
        var sizes = new List<VariantBytes>();
        foreach (var choice in Choices([.. document.Sectors.Where(sector => sector.Slug is not null)]))
        {
            var variant = await RenderForLookAsync(document.OnlySectors([.. choice.Select(sector => sector.Slug!)]), links, cancellationToken);
            sizes.Add(new VariantBytes(choice, variant.HtmlBytes));
        }

        return sizes;
    }

    private static IEnumerable<IReadOnlyList<DocumentSector>> Choices(IReadOnlyList<DocumentSector> sectors)
        => sectors.Count > MostSectorsToCombine
            ? sectors.Select(sector => (IReadOnlyList<DocumentSector>)[sector])
            : Enumerable.Range(1, (1 << sectors.Count) - 1)
                .Select(bits => (IReadOnlyList<DocumentSector>)[.. sectors.Where((_, i) => (bits & (1 << i)) != 0)])
                .OrderByDescending(choice => choice.Count);

    private async Task<RenderedMail> RenderAsync(EditionDocument document, SiteLinks links, PersonalLinks personal, BasisNotice? notice, CancellationToken cancellationToken)
    {
        var model = new EditionMailModel(document, site.Value.Name, await publisher.GetAsync(cancellationToken), links, personal, notice, markdown);
        return new RenderedMail(
            OneLine(document.Subject),
            WithoutMarks(await render(HtmlView, model)).Trim() + "\n",
            // What an edition does not have leaves its blank lines behind.
            BlankLines().Replace(WithoutMarks(await render(TextView, model)).ReplaceLineEndings("\n"), "\n\n\n").Trim() + "\n");
    }

    [GeneratedRegex(@"\n\s*\n\s*\n\s*\n")]
    private static partial Regex BlankLines();

    private static string WithoutMarks(string text) => text.Replace(RenderedMail.TokenMark.ToString(), "", StringComparison.Ordinal);

    private static string OneLine(string subject) => string.Join(' ', subject.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
