using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json.Serialization;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Covered;
using CordisPulse.Core.Site;

namespace CordisPulse.Web.Areas.Editor.Compose;

/// <summary>What an item's form holds, as typed.</summary>
public sealed class ItemForm : DraftedForm, IValidatableObject
{
    private static readonly string[] DoiPrefixes = ["https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/", "doi.org/", "doi:"];

    private const int MostTopics = 8;

    [Written(ErrorMessage = "Enter a title.")]
    [StringLength(Limits.Title, ErrorMessage = "The title can have 500 characters.")]
    [Name]
    public string? Title { get; set; }

    [StringLength(Limits.SourceName, ErrorMessage = "The source can have 300 characters.")]
    [Name]
    public string? Source { get; set; }

    [StringLength(Limits.Url, ErrorMessage = "The link can have 2,000 characters.")]
    public string? Url { get; set; }

    [StringLength(Limits.Text, ErrorMessage = "The summary can have 200,000 characters.")]
    public string? Summary { get; set; }

    public int? SectorId { get; set; }

    public int? SectionId { get; set; }

    /// <summary>Sector and section in one field, as <c>3-1</c>; each may be missing.</summary>
    [JsonIgnore]
    public string? Place
    {
        get => field ?? (SectorId is null && SectionId is null ? null : $"{SectorId}-{SectionId}");
        set
        {
            field = null;
            (SectorId, SectionId) = (null, null);
            if (value?.Split('-') is [var sector, var section] && IsKeyOrMissing(sector) && IsKeyOrMissing(section))
                (SectorId, SectionId) = (KeyOf(sector), KeyOf(section));
            else
                field = value;
        }
    }

    /// <summary>One a line.</summary>
    [StringLength(10_000, ErrorMessage = "The authors can have 10,000 characters.")]
    public string? Authors { get; set; }

    public string? PublishedOn { get; set; }

    [StringLength(Limits.Line, ErrorMessage = "The DOI can have 300 characters.")]
    public string? Doi { get; set; }

    /// <summary>Slugs of those that are ticked.</summary>
    public List<string> Topics { get; set; } = [];

    public string? NotBefore { get; set; }

    protected override IReadOnlyList<FormField> Fields =>
    [
        new("Title", nameof(Title), Title, value => Title = value),
        new("Source", nameof(Source), Source, value => Source = value),
        new("Link", nameof(Url), Url, value => Url = value),
        new("Summary", nameof(Summary), Summary, value => Summary = value),
        new("Authors", nameof(Authors), Authors, value => Authors = value),
        new("Published", nameof(PublishedOn), PublishedOn, value => PublishedOn = value),
        new("DOI", nameof(Doi), Doi, value => Doi = value),
        new("Topics", nameof(Topics), TopicWords.Of(Topics), value => Topics = TopicWords.Read(value)),
        new("Not before", nameof(NotBefore), NotBefore, value => NotBefore = value),
    ];

    public static ItemForm Of(ItemText text, int version, int? sectorId, int? sectionId) => new()
    {
        Version = version,
        Title = text.Title,
        Source = text.Source,
        Url = text.Url,
        Summary = text.Summary,
        SectorId = sectorId,
        SectionId = sectionId,
        Authors = string.Join('\n', text.Authors),
        PublishedOn = text.PublishedOn?.ToString(),
        Doi = text.Doi,
        Topics = [.. text.Topics],
        NotBefore = UkTime.Write(text.NotBeforeUtc),
    };

    /// <summary>Of a form that is valid.</summary>
    public SaveItem ToSave(EditionMonth month, int id, int byId) => new()
    {
        Month = month,
        Id = id,
        Version = Version,
        SectorId = SectorId,
        SectionId = SectionId,
        Text = ToText(),
        ById = byId,
        Draft = Mark,
    };

    /// <summary>Where the report was covered before; what is too long to be saved is not asked for.</summary>
    /// <param name="id">The item; null for one that is to be added.</param>
    public CoveredQuestion ToQuestion(int? id) => new()
    {
        ItemId = id,
        Title = Title?.Length <= Limits.Title ? Title : null,
        Url = Url?.Length <= Limits.Url ? Blank.Link(Url) : null,
        Doi = Doi?.Length <= Limits.Line ? Doi : null,
    };

    public ItemText ToText() => new()
    {
        Title = Title!.Trim(),
        Source = Blank.ToNull(Source),
        Url = Blank.Link(Url),
        Summary = Blank.Lines(Summary),
        Authors = Blank.Lines(Authors).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        PublishedOn = Blank.ToNull(PublishedOn) is { } date ? PartialDate.Parse(date) : null,
        Doi = PlainDoi(Blank.ToNull(Doi)),
        Topics = Topics,
        NotBeforeUtc = Blank.ToNull(NotBefore) is { } end && UkTime.TryParse(end, out var utc) ? utc : null,
    };

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Place is not null && SectorId is null && SectionId is null)
            yield return new ValidationResult("Choose a place from the list.", [nameof(Place)]);
        if (Blank.ToNull(PublishedOn) is { } date && !PartialDate.TryParse(date, out _))
            yield return new ValidationResult("Enter a year, a month or a day: 2022, 2022-03 or 2022-03-07.", [nameof(PublishedOn)]);
        if (!Topics.TrueForAll(TopicWords.IsSlug))
            yield return new ValidationResult("Choose topics from the list.", [nameof(Topics)]);
        else if (Topics.Count > MostTopics)
            yield return new ValidationResult($"An item can have {MostTopics} topics.", [nameof(Topics)]);
        if (Blank.ToNull(NotBefore) is { } end && !UkTime.TryParse(end, out _))
            yield return new ValidationResult("Enter a day and a time like 2022-03-07 09:00.", [nameof(NotBefore)]);
    }

    public IEnumerable<ConflictField> Beside(ItemText stored) => Beside(Of(stored, 0, null, null));

    public IEnumerable<ConflictField> Beside(ItemForm theirs) => Compare(theirs);

    private static bool IsKeyOrMissing(string text) => text.Length == 0 || KeyOf(text) is not null;

    private static int? KeyOf(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var key) ? key : null;

    private static string? PlainDoi(string? doi)
        => doi is not null && DoiPrefixes.FirstOrDefault(prefix => doi.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) is { } found
            ? Blank.ToNull(doi[found.Length..])
            : doi;
}
