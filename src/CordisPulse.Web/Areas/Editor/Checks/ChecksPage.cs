using System.Globalization;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Checks;
using CordisPulse.Core.Editions.Links;
using CordisPulse.Core.Site;
using CordisPulse.Web.Areas.Editor.Compose;

namespace CordisPulse.Web.Areas.Editor.Checks;

/// <summary>What the checks found, each with the fields that mend it.</summary>
public sealed record ChecksPage
{
    public required EditionMonth Month { get; init; }

    public required IReadOnlyList<FoundThing> Found { get; init; }

    public required LooksNote Looks { get; init; }

    /// <summary>Names that a source's field offers.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>What was typed to leave a warning.</summary>
    public LeaveForm Leave { get; init; } = new();

    /// <summary>Key of the field that takes the focus.</summary>
    public string? Focus { get; init; }

    /// <summary>What was typed into fields that are no longer asked for, and why it is not saved.</summary>
    public IReadOnlyList<LostText> Lost { get; init; } = [];

    /// <summary>Saving was asked for, and nothing was filled in.</summary>
    public bool IsNothingFilledIn { get; init; }

    /// <summary>What has just been saved, while other words wait; null when nothing was.</summary>
    public SavedNote? Saved { get; init; }

    public string Board => $"/editor/editions/{Month}";

    public string Address => $"{Board}/checks";

    public IReadOnlyList<FoundThing> Errors => [.. Found.Where(found => found.Finding.Severity == FindingSeverity.Error)];

    public IReadOnlyList<FoundThing> Warnings => [.. Found.Where(found => found.Finding is { Severity: FindingSeverity.Warning, LeftBecause: null })];

    public IReadOnlyList<FoundThing> Left => [.. Found.Where(found => found.Finding.LeftBecause is not null)];

    /// <summary>Every field in the order of the page.</summary>
    public IReadOnlyList<MendField> Fields => [.. Errors.Concat(Warnings).SelectMany(found => found.Fields)];

    /// <summary>The page with the field in focus that comes first of these; the first of all when none of them is there any more.</summary>
    public ChecksPage FocusedOn(IEnumerable<string> keys)
        => this with { Focus = keys.FirstOrDefault(key => Fields.Any(field => field.Key == key)) ?? (Fields is [var first, ..] ? first.Key : null) };

    /// <summary>The page with what was typed into its fields and is not saved.</summary>
    public ChecksPage With(MendOutcome outcome)
    {
        var typed = outcome.Unsaved.ToDictionary(mend => mend.Stand.Key);
        var page = this with
        {
            Found = [.. Found.Select(found => found with { Fields = [.. found.Fields.Select(field => typed.TryGetValue(field.Key, out var mend) ? Filled(field, mend, outcome) : field)] })],
            Lost = [.. typed.Values.Where(mend => Fields.All(field => field.Key != mend.Stand.Key)).Select(mend => new LostText(
                outcome.Errors.GetValueOrDefault(mend.Stand.Key) ?? (outcome.Conflicts.ContainsKey(mend.Stand.Key) ? "Somebody else has mended it." : "The checks do not ask for it any more."), mend.Value))],
            IsNothingFilledIn = outcome.Saved.Count == 0 && typed.Count == 0,
            Saved = outcome.Words is { } words ? new SavedNote(words, outcome.Undo) : null,
        };
        page = page.FocusedOn(outcome.Next);
        return outcome.Conflicts.Count > 0 || page.Lost.Count > 0 ? page with { Focus = null } : page;
    }

    /// <summary>The message of a warning, as its key names it.</summary>
    public string NameOf(string key) => Found.FirstOrDefault(found => found.Finding.Key == key)?.Finding.Message ?? "The warning";

    /// <summary>Fragment of the warning behind the one that goes from the list, or of the last that is left; empty when none is.</summary>
    public string PlaceAfter(string key)
    {
        var others = Warnings.SkipWhile(found => found.Finding.Key != key).Skip(1).Concat(Warnings.Where(found => found.Finding.Key != key).Reverse());
        return others.FirstOrDefault() is { } next ? $"#{next.ElementId}" : "";
    }

    private MendField Filled(MendField field, TypedMend mend, MendOutcome outcome)
    {
        var filled = field with { Value = mend.Value, Version = outcome.VersionFor(mend.Stand), Error = outcome.Errors.GetValueOrDefault(field.Key) };
        if (!outcome.Conflicts.TryGetValue(field.Key, out var stored))
            return filled;
        var beside = new ConflictField(FieldNames.Of(field.Place, field.Field), stored.Text, field.NameOf(mend.Value));
        return filled with { Version = stored.Version, Conflict = new ConflictPage("This", SavedBy.Write(stored), Address, [beside]) };
    }
}

/// <summary>How far the edition's links have been looked at.</summary>
/// <param name="Unknown">Those of which nothing could be told.</param>
public sealed record LooksNote(EditionLinkLooks Looks, bool AreLookedAt, IReadOnlyList<UnknownLink> Unknown)
{
    /// <summary>Null when the edition leads nowhere.</summary>
    public string? Words => Looks.Links == 0 ? null : string.Join(' ', new[]
    {
        !AreLookedAt ? "This server does not look at links."
            : Looks.NotLookedAt == 0 ? $"All {Counted.Of(Looks.Links, "link")} were looked at{Last}."
            : Looks.Seen.Count == 0 ? $"None of the {Counted.Of(Looks.Links, "link")} was looked at yet."
            : $"{Looks.Seen.Count} of {Counted.Of(Looks.Links, "link")} were looked at{Last}.",
        AreLookedAt && Looks.UnderWay > 0 ? $"{Counted.Of(Looks.UnderWay, "is", "are")} being looked at now; open this page again to see what comes of it." : null,
    }.OfType<string>());

    private string Last => Looks.LookedUtc is { } utc ? $", last on {UkTime.Minute(utc)}" : "";
}

public sealed record UnknownLink(string Url, string Why);

/// <param name="Left">Null while it is not left.</param>
public sealed record FoundThing(Finding Finding, IReadOnlyList<MendField> Fields, LeftNote? Left)
{
    public string ElementId => $"finding-{ShortHash.Of(Finding.Key)}";
}

/// <param name="By">Null when nobody can be named.</param>
public sealed record LeftNote(string? By, DateTime AtUtc);

public sealed record LostText(string Why, string? Typed);

/// <param name="Undo">Address to post to for having it back; null when that is not offered.</param>
public sealed record SavedNote(string Words, string? Undo);

/// <summary>One field of one text.</summary>
public sealed record MendField
{
    public required string Kind { get; init; }

    public required FindingPlace Place { get; init; }

    public required int? Id { get; init; }

    public required FindingField Field { get; init; }

    /// <summary>The link within the text that the field is the address of; null when it is the whole field.</summary>
    public PlaceholderLink? Placeholder { get; init; }

    /// <summary>The address within the text that the field is to take the place of; null when it is the whole field.</summary>
    public string? Replaces { get; init; }

    public required string Label { get; init; }

    public required int Version { get; init; }

    public required string? Value { get; init; }

    /// <summary>Print of the value before anybody typed.</summary>
    public required string Was { get; init; }

    /// <summary>Sectors or sections to choose from; empty for a field that is typed.</summary>
    public IReadOnlyList<MendChoice> Choices { get; init; } = [];

    public string? Error { get; init; }

    public ConflictPage? Conflict { get; init; }

    public MendStand Stand => new() { Kind = Kind, Place = Place, Id = Id, Field = Field, Placeholder = Placeholder, Replaces = Replaces, Version = Version, Was = Was };

    public string Key => Stand.Key;

    /// <summary>It holds something that is not saved.</summary>
    public bool IsTyped => MendStand.PrintOf(Value) != Was;

    public bool IsText => Stand.IsText;

    public bool IsLink => Stand.IsLink;

    /// <summary>What was typed or chosen, in words: a form holds a sector by its key.</summary>
    public string? NameOf(string? value) => Choices.FirstOrDefault(choice => choice.Id.ToString(CultureInfo.InvariantCulture) == value)?.Name ?? value;
}

public sealed record MendChoice(int Id, string Name);

/// <summary>Names of fields as the pages of the desk write them.</summary>
internal static class FieldNames
{
    public static string Of(FindingPlace place, FindingField field) => (place, field) switch
    {
        (FindingPlace.Item, FindingField.Text) => "Summary",
        (FindingPlace.Introduction, FindingField.Text) => "Introduction",
        (_, FindingField.EventOn) => "Date of the event",
        _ => field.ToString(),
    };
}

/// <param name="At">Place of the field among those of the page.</param>
public sealed record MendView(ChecksPage Page, FoundThing Found, MendField Field, int At);

/// <summary>The fields of a thing found.</summary>
public sealed record FoundView(ChecksPage Page, FoundThing Found)
{
    /// <summary>Place of the first of its fields among those of the page.</summary>
    public int At => Page.Found.TakeWhile(found => found != Found).Sum(found => found.Fields.Count);

    /// <summary>A text stands in the way of whoever goes through the list, so it is opened on request.</summary>
    public bool IsFolded => Found.Fields.Any(one => one.IsText);

    public bool IsOpen => Found.Fields.Any(one => one.Key == Page.Focus || one.IsTyped || one.Error is not null || one.Conflict is not null);
}
