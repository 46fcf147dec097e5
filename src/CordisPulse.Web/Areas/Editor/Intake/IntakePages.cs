using System.ComponentModel.DataAnnotations;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Covered;
using CordisPulse.Core.Intake;
using CordisPulse.Web.Areas.Editor.Compose;
using CordisPulse.Web.Areas.Editor.Work;

namespace CordisPulse.Web.Areas.Editor.Intake;

/// <summary>What waits for an edition, the newest first; what was pasted together in its own order.</summary>
public sealed record IntakePage
{
    public required LinksForm Form { get; init; }

    public required IReadOnlyList<IntakeCard> Cards { get; init; }

    /// <summary>Of all pages of the list.</summary>
    public required int Found { get; init; }

    /// <summary>How many of this page's cards came together with those whose pages are still being read.</summary>
    public int ReadTogether
    {
        get
        {
            var times = Cards.Where(card => card.IsBeingRead).Select(card => card.AddedUtc).ToHashSet();
            return Cards.Count(card => times.Contains(card.AddedUtc));
        }
    }

    /// <summary>All that waits, whatever is looked for.</summary>
    public required int Waiting { get; init; }

    /// <summary>What is looked for, and the edition that was chosen.</summary>
    public required IntakeFilter Filter { get; init; }

    public required IReadOnlyList<Colleague> Colleagues { get; init; }

    public required int Page { get; init; }

    public required int Pages { get; init; }

    /// <summary>Editions that an item can be put into, the one most likely meant first.</summary>
    public required IReadOnlyList<IntakeEdition> Editions { get; init; }

    /// <summary>The edition that the buttons put items into; null while nobody drafts or has chosen one.</summary>
    public required EditionMonth? Into { get; init; }

    public required IReadOnlyList<IntakePlace> Places { get; init; }

    public required SuggestionList Suggestions { get; init; }

    /// <summary>Script that opens the form of a new item with the page that a browser shows.</summary>
    public required string Bookmarklet { get; init; }
}

public sealed record IntakeEdition(EditionMonth Month, bool IsPublished)
{
    public string Name => IsPublished ? $"{Month.Title} (published)" : Month.Title;
}

/// <summary>What the list shows, and goes on showing after an act.</summary>
public sealed class IntakeFilter
{
    public const string Me = "me";
    public const string Nobody = "nobody";

    public EditionMonth? Edition { get; set; }

    /// <summary><see cref="Me"/>, <see cref="Nobody"/> or the key of an account; anything else is everybody.</summary>
    public string? Who { get; set; }

    public ItemStage? Stage { get; set; }

    public bool IsAll => string.IsNullOrEmpty(Who) && Stage is null;

    /// <summary>Begins with a question mark; empty when nothing was chosen.</summary>
    public string Query
    {
        get
        {
            var chosen = new[]
            {
                Edition is { } month ? $"edition={month}" : null,
                string.IsNullOrEmpty(Who) ? null : $"who={Uri.EscapeDataString(Who)}",
                Stage is { } stage ? $"stage={stage}" : null,
            }.OfType<string>().ToList();
            return chosen.Count == 0 ? "" : $"?{string.Join('&', chosen)}";
        }
    }

    public string AddressOf(int page) => $"/editor/intake{Query}{(Query.Length == 0 ? '?' : '&')}page={page}";
}

/// <param name="Key">As <see cref="MovePlace"/> reads it.</param>
public sealed record IntakePlace(string Key, int SectorId, int SectionId, string Sector, string Section)
{
    public string Name => $"{Sector}, {Section}";
}

/// <summary>One item of the intake.</summary>
public sealed record IntakeCard
{
    public required int Id { get; init; }

    /// <summary>Empty until the page is read or somebody types one.</summary>
    public required string Title { get; init; }

    public required string? Url { get; init; }

    public required string? Source { get; init; }

    /// <summary>Name that the page gives to a publisher that the register lacks.</summary>
    public required string? NewSource { get; init; }

    public required string? Description { get; init; }

    public required string? PublishedOn { get; init; }

    public required DateTime? NotBeforeUtc { get; init; }

    public required PageReading Reading { get; init; }

    public required string? Problem { get; init; }

    public required DateTime? NextReadingUtc { get; init; }

    public required DateTime AddedUtc { get; init; }

    public required string? AddedBy { get; init; }

    public required IReadOnlyList<CoveredItem> Covered { get; init; }

    /// <summary>Who works on it and what was noted; null when nobody has said anything.</summary>
    public WorkMark? Work { get; init; }

    /// <summary>Where it probably belongs; null when nothing tells.</summary>
    public IntakePlace? Place { get; init; }

    /// <summary>Why, in words.</summary>
    public string? PlaceReason { get; init; }

    /// <summary>Nothing about the item itself speaks for the place.</summary>
    public bool IsPlaceGuessed { get; init; }

    public string Name => Title.Length > 0 ? Title : Url ?? "An item without a title";

    public bool IsBeingRead => Reading == PageReading.Waiting && Problem is null;

    /// <summary>It was looked at and did not answer, and is looked at again by itself.</summary>
    public bool IsTriedAgain => Reading == PageReading.Waiting && Problem is not null;
}

/// <summary>Where the form of an item in the intake puts it besides saving it.</summary>
public sealed class PutForm
{
    /// <summary>Null for an item that stays in the intake.</summary>
    public EditionMonth? Into { get; set; }

    /// <summary>The place that was suggested, as <see cref="MovePlace"/> reads it.</summary>
    public string? Suggested { get; set; }

    /// <summary>An item may wait without a place, and goes nowhere without one.</summary>
    public bool IsPlaced(ItemForm form) => PlaceOf(form) is not null;

    /// <summary>Of a form that is valid and placed.</summary>
    public SaveIntakeItem ToSave(int id, ItemForm form, int byId)
    {
        var place = PlaceOf(form)!.Value;
        return new SaveIntakeItem { Id = id, Version = form.Version, SectorId = place.SectorId, SectionId = place.SectionId, Text = form.ToText(), ById = byId, Draft = form.Mark };
    }

    /// <summary>What the fields say, or what was suggested while they say nothing; null while neither is enough.</summary>
    private MovePlace? PlaceOf(ItemForm form)
        => Into is null || form is { SectorId: not null, SectionId: not null } ? new MovePlace(form.SectorId, form.SectionId)
            : form is { SectorId: null, SectionId: null } && MovePlace.TryParse(Suggested, out var suggested) && suggested.SectorId is not null ? suggested
            : null;
}

/// <param name="IsFirst">The first one that can be put somewhere has the access key.</param>
public sealed record IntakeCardView(IntakePage Page, IntakeCard Card, bool IsFirst);

/// <param name="Id">Null for an item that is to be added.</param>
public sealed record IntakeItemPage(
    int? Id, ItemForm Form, IReadOnlyList<string> Sources, IReadOnlyList<IntakePlace> Places, IReadOnlyList<CoveredItem> Covered,
    string? Problem, string? Description, string? NewSource, DraftView Draft, ConflictPage? Conflict)
{
    public required TopicChoices Topics { get; init; }

    /// <summary>The edition that the form can put the item into as it saves it; null while nobody drafts one.</summary>
    public EditionMonth? Into { get; init; }

    /// <summary>Where the item goes when the form says nothing else; null when nothing tells.</summary>
    public IntakePlace? Suggested { get; init; }

    /// <summary>The edition among whose texts the checks look at this one; null while there is none.</summary>
    public EditionMonth? CheckedIn { get; init; }

    public FormFindings Findings { get; init; } = FormFindings.None;

    /// <summary>Median of the words that the summaries of that edition have; null while there is none.</summary>
    public int? Habit { get; init; }

    /// <summary>What the form says of an item that has a sector or a section alone; null for any other.</summary>
    public string? PlacedInPart => Form switch
    {
        { SectorId: { } sector, SectionId: null } when Places.FirstOrDefault(place => place.SectorId == sector) is { } known => $"{known.Sector}, no section yet",
        { SectorId: null, SectionId: { } section } when Places.FirstOrDefault(place => place.SectionId == section) is { } known => $"{known.Section}, no sector yet",
        _ => null,
    };

    /// <summary>Why, in words.</summary>
    public string? SuggestedReason { get; init; }

    public string Action => Id is { } id ? $"/editor/intake/{id}" : "/editor/intake/add";

    public string Back => Id is { } id ? $"/editor/intake#item-{id}" : "/editor/intake";
}

public sealed class LinksForm : IValidatableObject
{
    public const int MostLinks = 200;

    private const int MostCharacters = 500_000;

    [StringLength(MostCharacters, ErrorMessage = "This is more text than can be searched for links at a time: 500,000 characters. Paste a part of it.")]
    public string? Links { get; set; }

    /// <summary>None in a text that is refused for its length, which is not looked through.</summary>
    public PastedText Found => PastedLinks.In(Links is { Length: <= MostCharacters } text ? text : "");

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Links?.Length > MostCharacters)
            yield break;
        var links = Found.Links;
        if (links.Count == 0)
            yield return new ValidationResult("Paste at least one link that begins with https:// or http://.", [nameof(Links)]);
        else if (links.Count > MostLinks)
            yield return new ValidationResult($"These are {Counted.Of(links.Count, "link")}; {MostLinks} can be added at a time.", [nameof(Links)]);
    }
}
