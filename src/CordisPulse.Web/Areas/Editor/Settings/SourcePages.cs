using System.ComponentModel.DataAnnotations;
using CordisPulse.Core;
using CordisPulse.Core.Catalogue;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Feeds;
using CordisPulse.Core.Site;

namespace CordisPulse.Web.Areas.Editor.Settings;

public sealed class SourceForm
{
    [Written(ErrorMessage = "Enter a name.")]
    [StringLength(Limits.SourceName, ErrorMessage = "The name can have 300 characters.")]
    [Name]
    public string? Name { get; set; }
}

/// <summary>What a source is known by, as typed.</summary>
public sealed class SourceDetailsForm : IValidatableObject
{
    private const int LongestList = 10_000;

    public int Version { get; set; }

    [Written(ErrorMessage = "Enter a name.")]
    [StringLength(Limits.SourceName, ErrorMessage = "The name can have 300 characters.")]
    [Name]
    public string? Name { get; set; }

    /// <summary>One a line.</summary>
    [StringLength(LongestList, ErrorMessage = "The other names can have 10,000 characters together.")]
    public string? OtherNames { get; set; }

    /// <summary>One a line; a link stands for its domain.</summary>
    [StringLength(LongestList, ErrorMessage = "The domains can have 10,000 characters together.")]
    public string? Domains { get; set; }

    public static SourceDetailsForm Of(int version, string name, IEnumerable<string> otherNames, IEnumerable<string> domains) => new()
    {
        Version = version,
        Name = name,
        OtherNames = string.Join('\n', otherNames),
        Domains = string.Join('\n', domains.Select(SourceRegister.ShownDomain)),
    };

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Lines(OtherNames).FirstOrDefault(name => name.Length > Limits.SourceName) is { } name)
            yield return new ValidationResult($"A name can have 300 characters, and “{name[..30]}…” has more.", [nameof(OtherNames)]);
        if (Lines(Domains).FirstOrDefault(domain => SourceRegister.TypedDomain(domain) is null) is { } other)
            yield return new ValidationResult($"“{(other.Length > 100 ? $"{other[..100]}…" : other)}” is no domain. One reads like example.org.", [nameof(Domains)]);
    }

    public SaveSource ToSave(int id, int byId) => new()
    {
        Id = id,
        Version = Version,
        Name = Name!.Trim(),
        // A spelling that means the same as another says nothing more.
        OtherNames = [.. Lines(OtherNames).Prepend(Name!.Trim()).DistinctBy(NameKey.Of).Skip(1)],
        Domains = [.. Lines(Domains).Select(SourceRegister.TypedDomain).OfType<string>().Distinct()],
        ById = byId,
    };

    private static IEnumerable<string> Lines(string? text)
        => (text ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(VisibleText.IsIn);
}

public sealed class FeedForm
{
    [Required(ErrorMessage = "Enter the address of a feed.")]
    [StringLength(Limits.Url, ErrorMessage = "That is too long for a web address.")]
    public string? Address { get; set; }
}

/// <param name="Query">What was looked for in the names.</param>
/// <param name="Watched">Only those that have a feed.</param>
public sealed record SourcesPage(SourceForm Form, string? Query, bool Watched, IReadOnlyList<SourceLine> Lines, int Found, int Page, int Pages)
{
    public string AddressOf(int page) => $"/editor/settings/sources?q={Uri.EscapeDataString(Query ?? "")}{(Watched ? "&watched=true" : "")}&page={page}";
}

/// <param name="Failing">Feeds that could not be read the last time.</param>
public sealed record SourceLine(int Id, string Name, int Items, int Feeds, int Failing);

public sealed record SourcePage
{
    public required FeedForm Form { get; init; }

    public required int Id { get; init; }

    /// <summary>As it is saved.</summary>
    public required string Name { get; init; }

    public required SourceDetailsForm Details { get; init; }

    public ConflictPage? Conflict { get; init; }

    /// <summary>The other source that has what was typed.</summary>
    public SourceLink? TakenBy { get; init; }

    public required SourceUse Use { get; init; }

    public required IReadOnlyList<FeedCard> Feeds { get; init; }

    /// <summary>Why it can't be removed; null when it can.</summary>
    public string? Stays => new[]
    {
        Use.Items > 0 ? Counted.Of(Use.Items, "item") : null,
        Use.Published > 0 ? Counted.Of(Use.Published, "item that readers see", "items that readers see") : null,
        Use.Feeds > 0 ? Counted.Of(Use.Feeds, "feed") : null,
        Use.Merged > 0 ? Counted.Of(Use.Merged, "source that was merged into it", "sources that were merged into it") : null,
    }.OfType<string>().ToList() is { Count: > 0 } uses ? $"It can't be removed, because it has {string.Join(", ", uses)}." : null;

    /// <summary>What was typed, beside what stands now and with its version.</summary>
    public SourcePage InConflictWith(SourceDetailsForm typed)
    {
        var stands = Details;
        typed.Version = stands.Version;
        return this with
        {
            Details = typed,
            Conflict = new ConflictPage("This source", null, $"/editor/settings/sources/{Id}",
            [
                new("Name", stands.Name, typed.Name),
                new("Other names", stands.OtherNames, typed.OtherNames),
                new("Domains", stands.Domains, typed.Domains),
            ]),
        };
    }
}

public sealed record SourceLink(int Id, string Name);

/// <summary>Two sources that are to be one.</summary>
public sealed record MergePage
{
    /// <summary>The one that is no more afterwards.</summary>
    public required MergedSide Source { get; init; }

    /// <summary>What was looked for in the names of the others.</summary>
    public required string Query { get; init; }

    public required IReadOnlyList<SourceLink> Found { get; init; }

    /// <summary>The one that stays; null until it is chosen.</summary>
    public MergedSide? Into { get; init; }

    public MergedParts? Parts { get; init; }

    /// <summary>Editions that readers see with items of it, the newest first.</summary>
    public IReadOnlyList<EditionMonth> Months { get; init; } = [];

    /// <summary>All that the first is known by and the other is not yet.</summary>
    public IEnumerable<string> Learnt => Into is not { } into ? [] : Source.OtherNames.Prepend(Source.Name).ExceptBy(into.OtherNames.Prepend(into.Name).Select(NameKey.Of), NameKey.Of)
        .Concat(Source.Domains.Except(into.Domains, StringComparer.OrdinalIgnoreCase).Select(SourceRegister.ShownDomain));
}

public sealed record MergedSide(int Id, string Name, string Slug, IReadOnlyList<string> OtherNames, IReadOnlyList<string> Domains);

/// <summary>What the page has told, on its way back.</summary>
public sealed class MergeForm
{
    public int Into { get; set; }

    public int Version { get; set; }

    public int IntoVersion { get; set; }

    public int Items { get; set; }

    public int Published { get; set; }

    public int Feeds { get; set; }

    public MergedParts ToSeen() => new(Version, IntoVersion, Items, Published, Feeds);
}

/// <summary>A watched feed, and how it goes.</summary>
public sealed record FeedCard
{
    public required int Id { get; init; }

    public required string Address { get; init; }

    public required string? MovedFrom { get; init; }

    public required string? Title { get; init; }

    public required DateTime? PausedUtc { get; init; }

    public required DateTime? NextReadingUtc { get; init; }

    public required DateTime? LastReadUtc { get; init; }

    public required int Failures { get; init; }

    public required string? Outcome { get; init; }

    public required string? Problem { get; init; }

    public required IReadOnlyList<string> Offers { get; init; }

    public required int Waiting { get; init; }

    public IReadOnlyList<FeedCardEntry> Newest { get; init; } = [];

    public string Name => Title ?? Address;

    public string LastRead => LastReadUtc is { } time ? UkTime.Minute(time) : "Not yet";

    public string WhatHappened => this switch
    {
        { Problem: { } problem, Failures: > 1 } => $"{problem} That was so {Failures} times in a row.",
        { Problem: { } problem } => problem,
        { Outcome: { } outcome } => outcome,
        _ => "It is being read for the first time.",
    };

    public string Next(DateTime nowUtc) => this switch
    {
        { PausedUtc: { } since } => $"Paused since {UkTime.Minute(since)}",
        { NextReadingUtc: null } => "Not by itself",
        { NextReadingUtc: { } next } when next <= nowUtc => "Now",
        _ => UkTime.Minute(NextReadingUtc),
    };
}

public sealed record FeedCardEntry(string Title, string Url, DateTime? PublishedUtc, FeedEntryState State);

/// <summary>What staff read for the words of the record.</summary>
internal static class FeedWords
{
    public static string Of(FeedEntryState state) => state switch
    {
        FeedEntryState.Waiting => "Suggested",
        FeedEntryState.Taken => "Taken",
        FeedEntryState.Dismissed => "Dismissed",
        FeedEntryState.Old => "Too old to be suggested",
        _ => "Known already",
    };
}
