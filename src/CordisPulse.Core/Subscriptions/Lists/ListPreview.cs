using System.Text.Json;

namespace CordisPulse.Core.Subscriptions.Lists;

/// <summary>What importing a list would do, and what is odd about it. It is kept no longer than the file, since it quotes what is wrong.</summary>
public sealed record ListPreview
{
    /// <summary>More are counted, and told line by line once the list is imported.</summary>
    public const int MostListed = 100;

    public int Rows { get; init; }

    public int Added { get; init; }

    public int AlreadyThere { get; init; }

    public int Suppressed { get; init; }

    public int Rejected { get; init; }

    public required IReadOnlyList<ListProblem> RejectedLines { get; init; }

    /// <summary>The first of those who stay off the list, with why.</summary>
    public IReadOnlyList<ListProblem> SuppressedLines { get; init; } = [];

    public required IReadOnlyList<ListProblem> LookAlikes { get; init; }

    public required IReadOnlyList<MisspeltDomain> Misspelt { get; init; }

    public required IReadOnlyList<DomainCount> WithoutMail { get; init; }

    /// <summary>Columns that nobody reads, and that may tell who is not to be mailed.</summary>
    public IReadOnlyList<DoubtfulColumn> Doubtful { get; init; } = [];

    /// <summary>What stands above the headings; null for nothing.</summary>
    public LineRange? Above { get; init; }

    /// <summary>Why the file can't be read to its end; null when it can.</summary>
    public string? Problem { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this);

    public static ListPreview? From(string? json) => json is null ? null : JsonSerializer.Deserialize<ListPreview>(json);
}

/// <param name="Written">What the line says, cut short, or the address that stays off the list; null where it is neither rejected nor suppressed.</param>
public sealed record ListProblem(int Line, string Problem, string? Written = null);

/// <param name="Domain">In its ASCII form.</param>
public sealed record MisspeltDomain(string Domain, string Meant, int People);

/// <inheritdoc cref="MisspeltDomain"/>
public sealed record DomainCount(string Domain, int People);
