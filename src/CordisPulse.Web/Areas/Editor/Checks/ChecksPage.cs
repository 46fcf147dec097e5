using System.Globalization;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Checks;
using CordisPulse.Core.Editions.Links;
using CordisPulse.Core.Site;

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

    /// <summary>What was typed into a field that is no longer asked for, and why it is not saved.</summary>
    public LostText? Lost { get; init; }

    public string Board => $"/editor/editions/{Month}";

    public string Address => $"{Board}/checks";

    public IReadOnlyList<FoundThing> Errors => [.. Found.Where(found => found.Finding.Severity == FindingSeverity.Error)];

    public IReadOnlyList<FoundThing> Warnings => [.. Found.Where(found => found.Finding is { Severity: FindingSeverity.Warning, LeftBecause: null })];

    public IReadOnlyList<FoundThing> Left => [.. Found.Where(found => found.Finding.LeftBecause is not null)];

    /// <summary>Every field in the order of the page.</summary>
    public IEnumerable<MendField> Fields => Errors.Concat(Warnings).SelectMany(found => found.Fields);

    /// <summary>The field to go to after one was mended: the next on the page as it was that the page still has, then the first.</summary>
    /// <param name="mended">The form that was saved.</param>
    /// <param name="before">The page as it was.</param>
    public string? After(MendForm mended, ChecksPage before)
    {
        var keys = before.Fields.Select(field => field.Key).ToList();
        var at = keys.IndexOf(mended.Key);
        // The link that stood behind the mended one in the same text has moved up into its place.
        var following = mended.At is null ? keys.Skip(at + 1) : keys.Skip(Math.Max(at, 0));
        var now = Fields.Select(field => field.Key).ToHashSet();
        return following.Concat(keys).FirstOrDefault(now.Contains);
    }

    /// <summary>What was typed or chosen, in words: a form holds a sector by its key.</summary>
    public string? NameOf(MendForm form)
        => Fields.FirstOrDefault(field => field.Key == form.Key)?.Choices.FirstOrDefault(choice => choice.Id.ToString(CultureInfo.InvariantCulture) == form.Value)?.Name ?? form.Value;

    /// <summary>The page with what was typed into one of its fields and is not saved.</summary>
    public ChecksPage WithTyped(MendForm form, string? error, ConflictPage? conflict)
        => Fields.Any(field => field.Key == form.Key)
            ? this with
            {
                Found = [.. Found.Select(found => found with
                {
                    Fields = [.. found.Fields.Select(field => field.Key == form.Key
                        ? field with { Value = form.Value, Version = form.Version, Error = error, Conflict = conflict }
                        : field)],
                })],
                Focus = conflict is null ? form.Key : null,
            }
            : this with { Lost = new LostText(error ?? "Somebody else has mended it.", form.Value) };
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
public sealed record FoundThing(Finding Finding, IReadOnlyList<MendField> Fields, LeftNote? Left);

/// <param name="By">Null when nobody can be named.</param>
public sealed record LeftNote(string? By, DateTime AtUtc);

public sealed record LostText(string Why, string? Typed);

/// <summary>One field of one text in a form of its own.</summary>
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

    /// <summary>Sectors or sections to choose from; empty for a field that is typed.</summary>
    public IReadOnlyList<MendChoice> Choices { get; init; } = [];

    public string? Error { get; init; }

    public ConflictPage? Conflict { get; init; }

    public string Key => MendForm.KeyOf(Kind, Place, Id, Field, Placeholder?.At, Replaces);

    /// <summary>Several lines, which Enter does not save.</summary>
    public bool IsText => Field == FindingField.Text && !IsLink;

    public bool IsLink => Field == FindingField.Link || Placeholder is not null || Replaces is not null;
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

public sealed record MendView(ChecksPage Page, FoundThing Found, MendField Field);

/// <summary>The fields of a thing found.</summary>
public sealed record FoundView(ChecksPage Page, FoundThing Found)
{
    /// <summary>A text stands in the way of whoever goes through the list, so it is opened on request.</summary>
    public bool IsFolded => Found.Fields.Any(one => one.IsText);

    public bool IsOpen => Found.Fields.Any(one => one.Key == Page.Focus || one.Error is not null || one.Conflict is not null);
}
