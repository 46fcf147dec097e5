using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json.Serialization;
using CordisPulse.Core;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Covered;
using CordisPulse.Core.Import;
using CordisPulse.Core.Site;

namespace CordisPulse.Web.Areas.Editor.Compose;

/// <summary>A form whose fields are kept while they are typed.</summary>
public abstract class DraftedForm
{
    /// <summary>The version of the text that the editor began with.</summary>
    public int Version { get; set; }

    /// <summary>The name that the form goes by among the windows of one person.</summary>
    [JsonIgnore]
    public string? Window { get; set; }

    /// <summary>The draft that the form went on from, as <see cref="NameOf"/> writes it; empty for none.</summary>
    [JsonIgnore]
    public string? TakenUp { get; set; }

    [JsonIgnore]
    public DraftMark Mark => new(
        Window is { Length: > 0 and <= Limits.Window } ? Window : null,
        long.TryParse(TakenUp, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTime.MaxValue.Ticks ? new DateTime(ticks, DateTimeKind.Utc) : null);

    /// <summary>Its texts in the order of the page; where they stand is none of them.</summary>
    protected virtual IReadOnlyList<FormField> Fields => [];

    /// <summary>
    /// Fields that hold what they began with follow what somebody else has saved since.
    /// </summary>
    /// <param name="began">The form as it began.</param>
    /// <param name="now">The form as it would begin now.</param>
    public FollowedSave Follow(DraftedForm began, DraftedForm now)
    {
        var (taken, isApart) = (new List<string>(), true);
        foreach (var (mine, was, theirs) in Fields.Zip(began.Fields, now.Fields))
            if (mine.Differs(was))
                isApart &= !theirs.Differs(was) || !theirs.Differs(mine);
            else if (theirs.Differs(was))
            {
                mine.Set(theirs.Value);
                taken.Add(mine.Label);
            }

        return new FollowedSave(taken, isApart);
    }

    protected IEnumerable<ConflictField> Compare(DraftedForm theirs) => Fields.Zip(theirs.Fields, (mine, other) => mine.Beside(other));

    public static string NameOf(FoundDraft draft) => draft.SavedUtc.Ticks.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A text of a form, as typed.</summary>
/// <param name="Name">Of the form's property.</param>
public sealed record FormField(string Label, string Name, string? Value, Action<string?> Set)
{
    public bool Differs(FormField other) => Beside(other).Differs;

    public ConflictField Beside(FormField theirs) => new(Label, theirs.Value, Value, Name);
}

/// <summary>What a form took over from a save that came in between.</summary>
/// <param name="Taken">Labels of the fields that follow it.</param>
/// <param name="IsApart">No field was changed by both, each in another way.</param>
public sealed record FollowedSave(IReadOnlyList<string> Taken, bool IsApart);

/// <summary>What lets a draft go: the form that it was typed into, or the one that offers it.</summary>
public sealed class LetGoForm : DraftedForm;

/// <summary>What an item's form holds, as typed.</summary>
public sealed class ItemForm : DraftedForm, IValidatableObject
{
    private static readonly string[] DoiPrefixes = ["https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/", "doi.org/", "doi:"];

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
        NotBeforeUtc = Blank.ToNull(NotBefore) is { } end && UkTime.TryParse(end, out var utc) ? utc : null,
    };

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Place is not null && SectorId is null && SectionId is null)
            yield return new ValidationResult("Choose a place from the list.", [nameof(Place)]);
        if (Blank.ToNull(PublishedOn) is { } date && !PartialDate.TryParse(date, out _))
            yield return new ValidationResult("Enter a year, a month or a day: 2022, 2022-03 or 2022-03-07.", [nameof(PublishedOn)]);
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

public sealed class NewsForm : DraftedForm, IValidatableObject
{
    [Written(ErrorMessage = "Enter a title.")]
    [StringLength(Limits.Title, ErrorMessage = "The title can have 500 characters.")]
    [Name]
    public string? Title { get; set; }

    [StringLength(Limits.Url, ErrorMessage = "The link can have 2,000 characters.")]
    public string? Url { get; set; }

    [StringLength(Limits.Text, ErrorMessage = "The text can have 200,000 characters.")]
    public string? Body { get; set; }

    public string? EventOn { get; set; }

    public string? Deadline { get; set; }

    protected override IReadOnlyList<FormField> Fields =>
    [
        new("Title", nameof(Title), Title, value => Title = value),
        new("Link", nameof(Url), Url, value => Url = value),
        new("Text", nameof(Body), Body, value => Body = value),
        new("Date of the event", nameof(EventOn), EventOn, value => EventOn = value),
        new("Deadline", nameof(Deadline), Deadline, value => Deadline = value),
    ];

    public static NewsForm Of(NewsText text, int version) => new()
    {
        Version = version,
        Title = text.Title,
        Url = text.Url,
        Body = text.Body,
        EventOn = Day.Write(text.EventOn),
        Deadline = Day.Write(text.Deadline),
    };

    /// <summary>Of a form that is valid.</summary>
    public NewsText ToText() => new()
    {
        Title = Title!.Trim(),
        Url = Blank.Link(Url),
        Body = Blank.Lines(Body),
        EventOn = Day.Read(EventOn),
        Deadline = Day.Read(Deadline),
    };

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Day.IsOne(EventOn))
            yield return new ValidationResult(Day.Wanted, [nameof(EventOn)]);
        if (!Day.IsOne(Deadline))
            yield return new ValidationResult(Day.Wanted, [nameof(Deadline)]);
    }

    public IEnumerable<ConflictField> Beside(NewsText stored) => Beside(Of(stored, 0));

    public IEnumerable<ConflictField> Beside(NewsForm theirs) => Compare(theirs);
}

public sealed class TextsForm : DraftedForm, IValidatableObject
{
    [StringLength(Limits.Text, ErrorMessage = "The introduction can have 200,000 characters.")]
    public string? Introduction { get; set; }

    [StringLength(Limits.Line, ErrorMessage = "The name can have 300 characters.")]
    public string? SignOffName { get; set; }

    [StringLength(Limits.Line, ErrorMessage = "The role can have 300 characters.")]
    public string? SignOffRole { get; set; }

    [StringLength(Limits.Line, ErrorMessage = "The subject can have 300 characters.")]
    public string? Subject { get; set; }

    [StringLength(Limits.Line, ErrorMessage = "The preheader can have 300 characters.")]
    public string? Preheader { get; set; }

    public string? PublishedOn { get; set; }

    protected override IReadOnlyList<FormField> Fields =>
    [
        new("Introduction", nameof(Introduction), Introduction, value => Introduction = value),
        new("Signed by", nameof(SignOffName), SignOffName, value => SignOffName = value),
        new("Role", nameof(SignOffRole), SignOffRole, value => SignOffRole = value),
        new("Subject", nameof(Subject), Subject, value => Subject = value),
        new("Preheader", nameof(Preheader), Preheader, value => Preheader = value),
        new("First published on", nameof(PublishedOn), PublishedOn, value => PublishedOn = value),
    ];

    public static TextsForm Of(EditionText text, int version) => new()
    {
        Version = version,
        Introduction = text.Introduction,
        SignOffName = text.SignOffName,
        SignOffRole = text.SignOffRole,
        Subject = text.Subject,
        Preheader = text.Preheader,
        PublishedOn = Day.Write(text.PublishedOn),
    };

    /// <summary>Of a form that is valid.</summary>
    public EditionText ToText() => new()
    {
        Introduction = Blank.Lines(Introduction),
        SignOffName = Blank.ToNull(SignOffName),
        SignOffRole = Blank.ToNull(SignOffRole),
        Subject = Blank.ToNull(Subject),
        Preheader = Blank.ToNull(Preheader),
        PublishedOn = Day.Read(PublishedOn),
    };

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Blank.ToNull(SignOffName) is null && Blank.ToNull(SignOffRole) is not null)
            yield return new ValidationResult("Enter the name that goes with the role.", [nameof(SignOffName)]);
        if (!Day.IsOne(PublishedOn))
            yield return new ValidationResult(Day.Wanted, [nameof(PublishedOn)]);
    }

    public IEnumerable<ConflictField> Beside(EditionText stored) => Beside(Of(stored, 0));

    public IEnumerable<ConflictField> Beside(TextsForm theirs) => Compare(theirs);
}

/// <summary>Days as forms hold them.</summary>
internal static class Day
{
    public const string Wanted = "Enter a day like 2022-03-07.";

    public static bool IsOne(string? text) => Blank.ToNull(text) is not { } day || DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    public static DateOnly? Read(string? text)
        => Blank.ToNull(text) is { } day ? DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null;

    public static string? Write(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

internal static class Blank
{
    public static string? ToNull(string? text) => VisibleText.IsIn(text) ? text!.Trim() : null;

    /// <summary>The page that is meant, where a mail program has put an address of its own around it.</summary>
    public static string? Link(string? text) => ToNull(text) is { } link ? TrackedLinks.Unwrapped(link) : null;

    /// <summary>Several lines with the line ends of the database; browsers send their own.</summary>
    public static string Lines(string? text) => (text ?? "").ReplaceLineEndings("\n").Trim();
}
