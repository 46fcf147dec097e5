using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Checks;
using CordisPulse.Web.Areas.Editor.Compose;

namespace CordisPulse.Web.Areas.Editor.Checks;

/// <summary>Runs the checks of words on a text that is being typed, among the others of its edition as they are saved.</summary>
public sealed class TypedChecks(EditionDocumentReader documents, EditionChecks checks)
{
    /// <param name="month">The edition.</param>
    /// <param name="id">The item; 0 for one that was never saved.</param>
    /// <param name="form">As it stands; nobody asks whether it could be saved.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Null when the text is not in the edition.</returns>
    public Task<IReadOnlyList<Finding>?> OfItemAsync(EditionMonth month, int id, ItemForm form, CancellationToken cancellationToken)
        => RunAsync(month, FindingPlace.Item, id, document =>
        {
            var item = document.Items.Select(placed => placed.Item).FirstOrDefault(item => item.ItemId == id) ?? new DocumentItem { ItemId = id, Title = "", Slug = "" };
            var typed = item with { Title = form.Title ?? "", Source = Blank.ToNull(form.Source), Url = Blank.ToNull(form.Url), Summary = Blank.Lines(form.Summary) };
            return id == 0
                ? document with { Sectors = [.. document.Sectors, new DocumentSector { Name = "", Slug = "", Sections = [new DocumentSection { Name = "", Slug = "", Items = [typed] }] }] }
                : document.MapItems(one => one.ItemId == id ? typed : one);
        }, cancellationToken);

    /// <inheritdoc cref="OfItemAsync"/>
    public Task<IReadOnlyList<Finding>?> OfNewsAsync(EditionMonth month, int id, NewsForm form, CancellationToken cancellationToken)
        => RunAsync(month, FindingPlace.News, id, document =>
        {
            var typed = new DocumentNews
            {
                NewsItemId = id,
                Title = form.Title ?? "",
                Url = Blank.ToNull(form.Url),
                Body = Blank.Lines(form.Body),
                EventOn = Day.IsOne(form.EventOn) ? Day.Read(form.EventOn) : null,
                Deadline = Day.IsOne(form.Deadline) ? Day.Read(form.Deadline) : null,
            };
            return document with { News = id == 0 ? [.. document.News, typed] : [.. document.News.Select(news => news.NewsItemId == id ? typed : news)] };
        }, cancellationToken);

    /// <summary>Of the introduction, the subject and the preheader.</summary>
    /// <returns>Null when there is no such edition.</returns>
    public async Task<IReadOnlyList<Finding>?> OfTextsAsync(EditionMonth month, TextsForm form, CancellationToken cancellationToken)
    {
        if (await documents.ReadDraftAsync(month, cancellationToken) is not { } document)
            return null;
        document = document with
        {
            Introduction = Blank.Lines(form.Introduction),
            Subject = Blank.ToNull(form.Subject) ?? "",
            Preheader = Blank.ToNull(form.Preheader) ?? EditionDocument.DefaultPreheader(document.Sectors),
        };
        return
        [
            .. await checks.RunOnTypedAsync(document, FindingPlace.Introduction, null, cancellationToken),
            .. await checks.RunOnTypedAsync(document, FindingPlace.Edition, null, cancellationToken),
        ];
    }

    private async Task<IReadOnlyList<Finding>?> RunAsync(EditionMonth month, FindingPlace place, int id, Func<EditionDocument, EditionDocument> typed, CancellationToken cancellationToken)
        => await documents.ReadDraftAsync(month, cancellationToken) is { } document && (id == 0 || Holds(document, place, id))
            ? await checks.RunOnTypedAsync(typed(document), place, id, cancellationToken)
            : null;

    private static bool Holds(EditionDocument document, FindingPlace place, int id)
        => place == FindingPlace.News ? document.News.Any(news => news.NewsItemId == id) : document.Items.Any(placed => placed.Item.ItemId == id);
}
