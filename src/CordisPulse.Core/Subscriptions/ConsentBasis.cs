namespace CordisPulse.Core.Subscriptions;

/// <summary>Why somebody may be mailed whom staff put on the list: regulation 22 of PECR, and article 6(1) of the UK GDPR.</summary>
public enum ConsentGround
{
    /// <summary>The person agreed, elsewhere than on the subscribe page.</summary>
    Consent,

    /// <summary>An individual who is a client, gave the address in the course of that, and could refuse (PECR, regulation 22(3)).</summary>
    SoftOptIn,

    /// <summary>A corporate subscriber (PECR asks for no consent), on an assessment of legitimate interests.</summary>
    LegitimateInterests,
}

/// <summary>
/// The ground on which staff put people on the list, and the proof of it: where and when the address was got and what the people were
/// told. Shared by all whom one act added, and never changed.
/// </summary>
public sealed class ConsentBasis
{
    public int Id { get; set; }

    public ConsentGround Ground { get; set; }

    /// <summary>Where the address is from; the first edition tells it to the person.</summary>
    public required string ObtainedFrom { get; set; }

    /// <summary>Null where nobody noted the day.</summary>
    public DateOnly? ObtainedOn { get; set; }

    /// <summary>What the people were told, in the words that were used; null where nobody noted them.</summary>
    public string? Told { get; set; }

    /// <summary>Where the assessment of legitimate interests is kept; null for the other grounds.</summary>
    public string? Assessment { get; set; }

    public DateTime StatedUtc { get; set; }

    /// <summary>Null for a command.</summary>
    public int? StatedById { get; set; }
}

/// <summary>A basis as staff state it.</summary>
public sealed record StatedBasis
{
    public required ConsentGround Ground { get; init; }

    /// <inheritdoc cref="ConsentBasis.ObtainedFrom"/>
    public required string ObtainedFrom { get; init; }

    public DateOnly? ObtainedOn { get; init; }

    public string? Told { get; init; }

    public string? Assessment { get; init; }

    /// <summary>What is wrong with it, by the name of the property; nothing when it can be kept.</summary>
    public IEnumerable<(string Property, string Problem)> Problems(DateOnly today)
    {
        if (ConsentNote.ProblemOf(ObtainedFrom, "Say where the address is from: the person is told, and it is kept with them.") is { } from)
            yield return (nameof(ObtainedFrom), from);
        if (ObtainedOn > today)
            yield return (nameof(ObtainedOn), "That day is still to come.");
        if (PersonText.Clean(Told) is not null && ConsentNote.ProblemOf(Told, "") is { } told)
            yield return (nameof(Told), told);
        if (Ground == ConsentGround.LegitimateInterests && ConsentNote.ProblemOf(Assessment, "Say where the assessment of legitimate interests is kept, such as its number.") is { } assessment)
            yield return (nameof(Assessment), assessment);
    }

    /// <exception cref="RefusedException">Something is wrong with it.</exception>
    internal ConsentBasis ToRow(DateTime now, int? byId)
    {
        foreach (var (_, problem) in Problems(DateOnly.FromDateTime(now)))
            throw new RefusedException(problem);
        return new ConsentBasis
        {
            Ground = Ground,
            ObtainedFrom = PersonText.Clean(ObtainedFrom)!,
            ObtainedOn = ObtainedOn,
            Told = PersonText.Clean(Told),
            Assessment = Ground == ConsentGround.LegitimateInterests ? PersonText.Clean(Assessment) : null,
            StatedUtc = now,
            StatedById = byId,
        };
    }
}
