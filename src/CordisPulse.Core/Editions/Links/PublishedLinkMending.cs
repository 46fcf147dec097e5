using CordisPulse.Core.Data;
using CordisPulse.Core.Editions.Checks;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Editions.Links;

public enum SuggestedAddress
{
    /// <summary>Where the site once said that the page is from now on.</summary>
    Moved,

    /// <summary>The Internet Archive's copy.</summary>
    Archived,
}

/// <summary>A link of an edition with the address that it is to have.</summary>
public sealed record MendPublishedLink
{
    /// <summary>Key of the place.</summary>
    public required long PlaceId { get; init; }

    public required SuggestedAddress Address { get; init; }

    public required int ById { get; init; }
}

/// <param name="Undo">Key of the save, to undo it; null when it can't be undone.</param>
public sealed record MendedLink(EditionMonth Month, string Name, string Address, long? Undo);

/// <summary>Gives a link of a published edition another address, in its working text: readers see it once somebody publishes the edition again.</summary>
public sealed class PublishedLinkMending(PulseDbContext db, EditionComposer composer)
{
    private const string Changed = "The working text leads elsewhere already. Publish the edition for readers to see it.";

    /// <exception cref="RefusedException">The link is no longer there, or has no such suggestion.</exception>
    public async Task<MendedLink> MendAsync(MendPublishedLink mend, CancellationToken cancellationToken)
    {
        var place = await db.PublishedLinkPlaces.AsNoTracking()
            .Where(row => row.Id == mend.PlaceId)
            .Select(row => new { row.Month, row.PublishedOn, row.Place, row.TextId, row.IsWithin, row.Title, row.Link!.Url, row.Link.MovedTo })
            .SingleOrDefaultAsync(cancellationToken)
            ?? throw new RefusedException("The link is no longer in a published edition.");
        var address = mend.Address == SuggestedAddress.Archived ? ArchivedCopy.AddressOf(place.Url, place.PublishedOn) : place.MovedTo;
        if (address is null || address.Length > Limits.Url)
            throw new RefusedException("There is no such address to suggest any more.");
        var text = place.Place switch { FindingPlace.Item => RevisedText.Item, FindingPlace.News => RevisedText.News, _ => RevisedText.Edition };
        var key = await FormerKeys.NowAsync(db, place.Month, text, place.TextId, cancellationToken);
        var version = place.IsWithin ? 0 : await VersionAsync(place.Place, key, place.Url, cancellationToken);
        try
        {
            var mended = await composer.MendAsync(new MendText
            {
                Month = place.Month,
                Place = place.Place,
                Id = place.Place == FindingPlace.Introduction ? null : key,
                Field = place.IsWithin ? FindingField.Text : FindingField.Link,
                Replaces = place.IsWithin ? place.Url : null,
                Version = version,
                Value = address,
                ById = mend.ById,
            }, cancellationToken);
            return new MendedLink(place.Month, place.Title ?? "the introduction", address, mended.Undo);
        }
        catch (TextConflictException<string>)
        {
            throw new RefusedException("Somebody else saved this text at the same moment. Look again.");
        }
        catch (TextGoneException)
        {
            throw new RefusedException("The working text has no such item any more. Publish the edition for readers to see it.");
        }
    }

    /// <summary>Of the text whose own link it is.</summary>
    private async Task<int> VersionAsync(FindingPlace place, int key, string url, CancellationToken cancellationToken)
    {
        var stands = place == FindingPlace.Item
            ? await db.EditionItems.Where(item => item.Id == key).Select(item => new { item.Url, item.Version }).SingleOrDefaultAsync(cancellationToken)
            : await db.NewsItems.Where(news => news.Id == key).Select(news => new { news.Url, news.Version }).SingleOrDefaultAsync(cancellationToken);
        return stands?.Url == url ? stands.Version : throw new RefusedException(Changed);
    }
}
