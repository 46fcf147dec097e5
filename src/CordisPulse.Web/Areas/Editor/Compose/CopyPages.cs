using System.ComponentModel.DataAnnotations;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Covered;

namespace CordisPulse.Web.Areas.Editor.Compose;

/// <param name="From">Null while no other edition is there to copy from.</param>
/// <param name="Others">The other editions, newest first.</param>
public sealed record CopyPage(EditionMonth Month, EditionMonth? From, IReadOnlyList<EditionMonth> Others, CopySource Source, CopyForm Form)
{
    public string Board => $"/editor/editions/{Month}";
}

/// <summary>What an edition holds that can be copied.</summary>
public sealed record CopySource(IReadOnlyList<CopyText> Texts, IReadOnlyList<CopyNews> News, IReadOnlyList<CopyItem> Items)
{
    public static CopySource None { get; } = new([], [], []);

    public bool IsEmpty => Texts.Count == 0 && News.Count == 0 && Items.Count == 0;
}

/// <param name="Now">What stands in this edition and would be replaced; null for nothing.</param>
public sealed record CopyText(EditionPart Part, string Says, string? Now)
{
    public string Name => Part switch
    {
        EditionPart.Introduction => "Introduction",
        EditionPart.SignOff => "Sign-off",
        EditionPart.Subject => "Subject",
        _ => "Preheader",
    };

    public bool IsSame => Now == Says;

    /// <summary>What copying it replaces, in words; null when that is nothing.</summary>
    public string? Replaces => (Part, Now) switch
    {
        (_, null) => null,
        _ when IsSame => null,
        (EditionPart.Introduction, _) => "the introduction",
        _ => $"the {Name.ToLowerInvariant()} “{Now}”",
    };
}

/// <param name="IsHere">This edition has news of that title.</param>
/// <param name="IsDated">It is about a day.</param>
public sealed record CopyNews(int Id, string Title, bool IsHere, bool IsDated);

/// <param name="Covered">Where else it was covered, in this edition first.</param>
public sealed record CopyItem(int Id, string Title, string? Source, string Place, IReadOnlyList<CoveredItem> Covered);

public sealed class CopyForm : IValidatableObject
{
    public string? From { get; set; }

    public List<int> Items { get; set; } = [];

    public List<int> News { get; set; } = [];

    public List<EditionPart> Texts { get; set; } = [];

    public CopyFromEdition ToCopy(EditionMonth month, EditionMonth from, int byId)
        => new() { Month = month, From = from, ItemIds = Items, NewsIds = News, Texts = Texts, ById = byId };

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Items.Count == 0 && News.Count == 0 && Texts.Count == 0)
            yield return new ValidationResult("Tick what to copy.");
    }
}

internal static class CopiedWords
{
    public static string InWords(this CopiedFromEdition copied)
    {
        var parts = new[]
        {
            copied.Items > 0 ? Counted.Of(copied.Items, "item") : null,
            copied.News > 0 ? $"{copied.News} of the news" : null,
            copied.Texts > 0 ? Counted.Of(copied.Texts, "text") : null,
        }.OfType<string>().ToList();
        return $"{string.Join(", ", parts)} {(copied.Items + copied.News + copied.Texts == 1 ? "is" : "are")} copied";
    }
}
