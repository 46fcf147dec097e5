using System.ComponentModel.DataAnnotations;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Review;

namespace CordisPulse.Web.Features.Review;

/// <summary>A comment on a draft, or an answer to one, as typed.</summary>
public sealed class CommentForm
{
    public CommentedPlace Place { get; set; }

    public int? PlaceId { get; set; }

    public int? AnswersId { get; set; }

    /// <summary>With the line ends of the database; browsers send their own, which would count twice.</summary>
    [Written(ErrorMessage = "Write your comment first.")]
    [StringLength(Limits.Comment, ErrorMessage = "A comment can have 4,000 characters.")]
    public string? Text { get; set => field = value?.ReplaceLineEndings("\n").Trim(); }

    /// <summary>Asked of guests alone.</summary>
    [StringLength(Limits.Name, ErrorMessage = "A name can have 120 characters.")]
    public string? Name { get; set; }

    public AddComment From(OpenedPreviewLink link, string name) => new()
    {
        Month = link.Month,
        Place = Place,
        PlaceId = PlaceId,
        AnswersId = AnswersId,
        Text = Text!,
        PreviewLinkId = link.Id,
        GuestName = name,
    };

    public AddComment From(EditionMonth month, int accountId) => new()
    {
        Month = month,
        Place = Place,
        PlaceId = PlaceId,
        AnswersId = AnswersId,
        Text = Text!,
        ById = accountId,
    };
}
