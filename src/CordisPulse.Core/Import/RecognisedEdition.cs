using CordisPulse.Core.Editions;

namespace CordisPulse.Core.Import;

/// <summary>
/// What was recognised in a text, before anything is saved. Every word of the text is in one of these members;
/// <see cref="Structure"/> holds those that only said where things stand.
/// </summary>
public sealed record RecognisedEdition
{
    /// <summary>Null when the text names no month.</summary>
    public EditionMonth? Month { get; init; }

    /// <summary>The month in which the file was sent, where it says so; to be suggested when the text names none.</summary>
    public EditionMonth? SentIn { get; init; }

    /// <summary>What to say when the text names no month.</summary>
    public string MonthIsWanted
        => "The text does not say which month it is of" + (SentIn is { } sent ? $"; it was sent in {sent.Title} ({sent})." : ".");

    /// <summary>Markdown; a closing such as "Best wishes," is its last paragraph.</summary>
    public string Introduction { get; init; } = "";

    public RecognisedSignOff? SignOff { get; init; }

    public IReadOnlyList<RecognisedNews> News { get; init; } = [];

    /// <summary>In the order of the text.</summary>
    public IReadOnlyList<RecognisedItem> Items { get; init; } = [];

    public RecognisedPublisher Publisher { get; init; } = new();

    public IReadOnlyList<RecognisedSetAside> SetAside { get; init; } = [];

    public IReadOnlyList<NeedsALook> NeedsALook { get; init; } = [];

    /// <summary>Lines that were read as the edition's name and month, a news, sector or section heading, or an item's metadata.</summary>
    public IReadOnlyList<string> Structure { get; init; } = [];
}

public sealed record RecognisedSignOff(string Name, string? Role);

/// <summary>The firm's own news; the body is Markdown.</summary>
public sealed record RecognisedNews(string Title, string? Url, string Body);

public sealed record RecognisedItem
{
    /// <summary>Key of a sector of the vocabulary; null when no sector heading stood above.</summary>
    public string? Sector { get; init; }

    /// <summary>Key of a section of the vocabulary; null when no section heading stood above.</summary>
    public string? Section { get; init; }

    /// <summary>As the text writes it.</summary>
    public string? Source { get; init; }

    /// <summary>Key of the known source that <see cref="Source"/> names.</summary>
    public string? SourceKey { get; init; }

    /// <summary>Plain text.</summary>
    public required string Title { get; init; }

    /// <summary>The address as the text gives it, a placeholder such as <c>#</c> included; null when the title was no link.</summary>
    public string? Url { get; init; }

    public IReadOnlyList<string> Authors { get; init; } = [];

    public PartialDate? PublishedOn { get; init; }

    public string? Doi { get; init; }

    /// <summary>Names, as the text writes them.</summary>
    public IReadOnlyList<string> Topics { get; init; } = [];

    /// <summary>Markdown.</summary>
    public string Summary { get; init; } = "";
}

/// <summary>
/// Text that is no part of the edition as far as could be told: the index of the item after which it stood (null before the
/// first), and why, in a sentence for the editor.
/// </summary>
public sealed record RecognisedSetAside(int? After, string Text, string Why);

/// <summary>Something a person should look at: the index of the item it is about (null for the edition), and a sentence that says why.</summary>
public sealed record NeedsALook(int? Item, string Reason);

/// <summary>The publisher's boilerplate; what could be told apart is in the named members, all of it in <see cref="Texts"/>.</summary>
public sealed record RecognisedPublisher
{
    public string? Name { get; init; }

    public string? PostalAddress { get; init; }

    public string? Telephone { get; init; }

    public string? Email { get; init; }

    public string? Website { get; init; }

    public IReadOnlyList<RecognisedSocialLink> SocialLinks { get; init; } = [];

    public string? HowToLeave { get; init; }

    public IReadOnlyList<string> Texts { get; init; } = [];
}

public sealed record RecognisedSocialLink(string Label, string Url);
