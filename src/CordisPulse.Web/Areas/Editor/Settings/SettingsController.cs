using CordisPulse.Core;
using CordisPulse.Core.Archive.Search;
using CordisPulse.Core.Rendering;
using CordisPulse.Core.Site;
using CordisPulse.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor.Settings;

[Authorize(Policies.Administers)]
[Route("/editor/settings")]
public sealed class SettingsController(Publisher publisher, PublisherEditor publisherEditor, SitePageEditor pages, MarkdownRenderer markdown) : EditorController
{
    private const int LinesTold = 300;

    [HttpGet("")]
    public IActionResult Index() => View();

    [HttpGet("publisher")]
    public async Task<IActionResult> Publisher(CancellationToken cancellationToken)
        => View(nameof(Publisher), new PublisherPage(PublisherForm.Of(await publisher.GetAsync(cancellationToken)), null));

    [HttpPost("publisher")]
    public async Task<IActionResult> SavePublisher([Bind(Prefix = nameof(PublisherPage.Form))] PublisherForm form, CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid)
            return Rejected(nameof(Publisher), new PublisherPage(form, null));
        if (!await publisherEditor.SaveAsync(form.ToSave(AccountId), cancellationToken))
        {
            var now = await publisher.GetAsync(cancellationToken);
            form.Version = now.Version;
            return Conflict(nameof(Publisher), new PublisherPage(
                form.WithBlankLinks(), new ConflictPage("These details", null, "/editor/settings/publisher", [.. form.BesideWhatStands(now)])));
        }

        Flash("The publisher's details are saved. Pages and mails show them from now on.");
        return LocalRedirect("/editor/settings/publisher");
    }

    [HttpGet("pages/{slug}")]
    public async Task<IActionResult> SitePage(string slug, CancellationToken cancellationToken)
        => await pages.FindAsync(slug, cancellationToken) is { } page
            ? View(nameof(SitePage), new SitePagePage(slug, SitePageForm.Of(page), markdown.ToHtml(page.Body, 3), null))
            : NotFound();

    [HttpPost("pages/{slug}")]
    public async Task<IActionResult> SaveSitePage(
        string slug, [Bind(Prefix = nameof(SitePagePage.Form))] SitePageForm form, bool preview, CancellationToken cancellationToken)
    {
        if (await pages.FindAsync(slug, cancellationToken) is null)
            return NotFound();
        if (!ModelState.IsValid)
            return Rejected(nameof(SitePage), new SitePagePage(slug, form, null, null));
        if (preview)
            return View(nameof(SitePage), new SitePagePage(slug, form, markdown.ToHtml(form.Body!, 3), null));
        var saved = await pages.SaveAsync(
            new SaveSitePage { Slug = slug, Title = form.Title!.Trim(), Body = form.Body!.ReplaceLineEndings("\n"), Version = form.Version, ById = AccountId }, cancellationToken);
        if (!saved)
        {
            var now = (await pages.FindAsync(slug, cancellationToken))!;
            form.Version = now.Version;
            return Conflict(nameof(SitePage), new SitePagePage(slug, form, null, new ConflictPage(
                "This page", null, $"/editor/settings/pages/{slug}", [new("Title", now.Title, form.Title), new("Text", now.Body, form.Body)])));
        }

        var lost = slug == SearchSynonyms.Page ? SearchSynonyms.NotUnderstood(form.Body!) : [];
        Flash(lost.Count == 0
            ? "The page is saved. Readers see it now."
            : $"The page is saved, but the search understands nothing of {(lost.Count == 1 ? "this line" : "these lines")}, since two names with = between them are needed: {ShortText.Of(string.Join("; ", lost), LinesTold)}");
        return LocalRedirect($"/editor/settings/pages/{slug}");
    }
}
