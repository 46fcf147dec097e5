using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Checks;
using CordisPulse.Core.Rendering;
using CordisPulse.Web.Areas.Editor.Compose;

namespace CordisPulse.Web.Areas.Editor.Checks;

/// <summary>Every field of the list of findings, in the order of the page.</summary>
public sealed class MendsForm
{
    public List<MendEntry> Mends { get; set; } = [];

    /// <summary>Key of the one field to save; null to save each that was filled in.</summary>
    public string? Only { get; set; }

    /// <summary>Null when a field says of itself what no page has said.</summary>
    public IReadOnlyList<TypedMend>? Read()
    {
        var stands = Mends.Select(mend => MendStand.Read(mend.Stand)).ToList();
        return stands.Contains(null) ? null : [.. stands.Zip(Mends, (stand, mend) => new TypedMend(stand!, mend.Value))];
    }
}

public sealed class MendEntry
{
    /// <summary>A <see cref="MendStand"/> as JSON.</summary>
    public string? Stand { get; set; }

    public string? Value { get; set; }
}

/// <summary>Which field it is, and what it began with.</summary>
public sealed record MendStand
{
    private static readonly JsonSerializerOptions Json = new() { Converters = { new JsonStringEnumConverter(null, allowIntegerValues: false) }, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public required string Kind { get; init; }

    public required FindingPlace Place { get; init; }

    public int? Id { get; init; }

    public required FindingField Field { get; init; }

    /// <summary>The link within the text that the field is the address of; null when it is the whole field.</summary>
    public PlaceholderLink? Placeholder { get; init; }

    /// <summary>The address within the text that the field is to take the place of; null when it is the whole field.</summary>
    public string? Replaces { get; init; }

    public required int Version { get; init; }

    /// <summary>Print of what the field held when the page was made.</summary>
    public required string Was { get; init; }

    /// <summary>The same as long as the same field is asked for, and fit for an element's id.</summary>
    [JsonIgnore]
    public string Key => string.Join('-', new[]
    {
        "mend", Kind, Place.ToString(), Id?.ToString(CultureInfo.InvariantCulture), Field.ToString(),
        Placeholder is { } link ? string.Create(CultureInfo.InvariantCulture, $"{ShortHash.Of(link.Words)}-{link.At}") : null,
        Replaces is null ? null : ShortHash.Of(Replaces),
    }.OfType<string>()).ToLowerInvariant();

    /// <summary>Several lines, which Enter does not save.</summary>
    [JsonIgnore]
    public bool IsText => Field == FindingField.Text && !IsLink;

    [JsonIgnore]
    public bool IsLink => Field == FindingField.Link || Placeholder is not null || Replaces is not null;

    /// <summary>Nothing stood in it before anybody typed.</summary>
    [JsonIgnore]
    public bool IsBegunEmpty => Was == PrintOf(null);

    /// <summary>The same for the same words, whatever line ends a browser sends.</summary>
    public static string PrintOf(string? value) => ShortHash.Of(Blank.Lines(value));

    public static MendStand? Read(string? json)
    {
        try
        {
            return json is null ? null : JsonSerializer.Deserialize<MendStand>(json, Json) is { Kind.Length: <= Limits.Name, Was: not null } stand ? stand : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public override string ToString() => JsonSerializer.Serialize(this, Json);
}

/// <summary>One field with what stands in it.</summary>
public sealed record TypedMend(MendStand Stand, string? Value)
{
    public bool IsTyped => MendStand.PrintOf(Value) != Stand.Was;

    /// <summary>Why it can't be saved; null when it can.</summary>
    public string? Problem
    {
        get
        {
            var (value, isOfItem) = (Blank.ToNull(Value), Stand.Place == FindingPlace.Item);
            if (Stand.IsLink && (value is not null || Stand.Field != FindingField.Link))
                return value?.Length > Limits.Url ? "The link can have 2,000 characters."
                    : MarkdownRenderer.IsWebLink(value) ? null
                    : "Enter a link that begins with https:// or http://.";
            return Stand.Field switch
            {
                FindingField.Link => isOfItem ? "Enter the link." : null,
                FindingField.Title or FindingField.Source when MarkdownRenderer.IsWebLink(value) => NameAttribute.Refusal,
                FindingField.Title => value is null ? "Enter a title." : value.Length > Limits.Title ? "The title can have 500 characters." : null,
                FindingField.Source => value is null ? "Enter a source." : value.Length > Limits.SourceName ? "The source can have 300 characters." : null,
                FindingField.Sector => value is null ? "Choose a sector." : null,
                FindingField.Section => value is null ? "Choose a section." : null,
                FindingField.Subject => value?.Length > Limits.Line ? "The subject can have 300 characters." : null,
                FindingField.Preheader => value?.Length > Limits.Line ? "The preheader can have 300 characters." : null,
                FindingField.Deadline or FindingField.EventOn => Day.IsOne(value) ? null : Day.Wanted,
                _ => value is null && isOfItem ? "Enter a summary."
                    : value?.Length > Limits.Text ? "The text can have 200,000 characters."
                    : null,
            };
        }
    }

    /// <summary>Of what can be saved.</summary>
    public MendText ToMend(EditionMonth month, int version, int byId) => new()
    {
        Month = month,
        Place = Stand.Place,
        Id = Stand.Id,
        Field = Stand.Field,
        Placeholder = Stand.Placeholder,
        Replaces = Stand.Replaces,
        Version = version,
        Value = Stand.IsText ? Blank.Lines(Value) : Stand.IsLink ? Blank.Link(Value) : Blank.ToNull(Value),
        ById = byId,
    };
}
