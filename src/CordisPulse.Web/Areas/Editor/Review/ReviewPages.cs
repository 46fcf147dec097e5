using System.ComponentModel.DataAnnotations;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Review;
using CordisPulse.Core.Site;
using CordisPulse.Web.Features.Review;

namespace CordisPulse.Web.Areas.Editor.Review;

/// <summary>The draft as text, with what has been said of each part beside it.</summary>
public sealed record CommentsPage(EditionDocument Draft, ReviewedDraft Review)
{
    public EditionMonth Month => Draft.Month;
}

public sealed class PreviewLinkForm : IValidatableObject
{
    [Required(ErrorMessage = "Say whom the link is for.")]
    [StringLength(Limits.Name, ErrorMessage = "This can have 120 characters.")]
    public string? ForWhom { get; set; }

    public int Days { get; set; } = 7;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!PreviewLinks.Lifetimes.Contains(Days))
            yield return new ValidationResult("Choose when the link ends.", [nameof(Days)]);
    }
}

/// <param name="Made">The address of the link that has just been made, which is shown once; null when none was.</param>
public sealed record PreviewLinksPage(EditionMonth Month, IReadOnlyList<PreviewLinkRow> Links, PreviewLinkForm Form, MadePreviewLink? Made)
{
    public string Address => $"/editor/editions/{Month}/preview/links";
}

public sealed record MadePreviewLink(string ForWhom, string Url);

/// <summary>Whether the edition is approved, for whoever looks.</summary>
/// <param name="ChangedSince">What is different from what was approved last, a line each.</param>
/// <param name="Asked">Who has asked for it and when, in words; null while nobody has.</param>
/// <param name="IsGiver">Whoever looks has approved it.</param>
/// <param name="Acts">With what can be done about it.</param>
public sealed record ApprovalView(ApprovalState State, IReadOnlyList<string> ChangedSince, string? Asked, bool MayApprove, bool IsGiver, bool Acts)
{
    public string Address => $"/editor/editions/{State.Month}/preview";

    /// <summary>How many errors the checks find, which keep the edition from being published whoever approves it.</summary>
    public int Errors { get; init; }

    public static ApprovalView Of(ApprovalState state, int accountId, bool publishes, bool acts)
    {
        var isGiver = state.Standing.Any(given => given.ById == accountId);
        return new ApprovalView(
            state,
            state.Before is { } before ? EditionChanges.Between(before.Document, state.Present) : [],
            state.Asked is { } asked ? $"{(asked.ById == accountId ? "You" : asked.By ?? "Somebody who has left")} asked for this on {UkTime.Minute(asked.AtUtc)}." : null,
            publishes && !isGiver && !(state.IsRequired && state.AuthorIds.Contains(accountId)),
            isGiver,
            acts);
    }
}
