using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Review;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace CordisPulse.Web.Features.Review;

/// <summary>The comments on a draft, each where it belongs on a page that shows the draft.</summary>
public sealed class ReviewedDraft
{
    private readonly ILookup<(CommentedPlace Place, int? Id), CommentThread> _placed;
    private readonly HashSet<(CommentedPlace Place, int? Id)> _places;
    private readonly HashSet<int?> _threads;

    public ReviewedDraft(EditionDocument draft, ListedComments listed)
    {
        Listed = listed;
        var threads = listed.Threads;
        var titles = draft.Items.Select(placed => (Place: CommentedPlace.Item, Id: placed.Item.ItemId, placed.Item.Title))
            .Concat(draft.News.Select(news => (Place: CommentedPlace.News, Id: news.NewsItemId, news.Title)))
            .ToList();
        var placed = threads.Select(thread => (Thread: thread, Key: KeyOf(thread.First, titles))).ToList();
        _placed = placed.Where(one => one.Key is not null).ToLookup(one => one.Key!.Value, one => one.Thread);
        _places = [(CommentedPlace.Whole, null), (CommentedPlace.Introduction, null), .. titles.Select(one => (one.Place, (int?)one.Id))];
        _threads = [.. threads.Select(thread => (int?)thread.First.Id)];
        Removed = [.. placed.Where(one => one.Key is null).Select(one => one.Thread)];
    }

    public ListedComments Listed { get; }

    /// <summary>Of an address, with its question mark: which comments are looked at.</summary>
    public string Query => Listed.Before is { } before ? $"?before={before}" : "";

    /// <summary>The page on which the draft is shown.</summary>
    public required string Page { get; init; }

    /// <summary>Where a comment is posted to; what is done with one stands below it.</summary>
    public required string Address { get; init; }

    /// <summary>Whoever looks is signed in.</summary>
    public required bool IsStaff { get; init; }

    /// <summary>The name that a guest has given before.</summary>
    public string? GuestName { get; init; }

    /// <summary>What was posted and not taken; null when nothing was.</summary>
    public RejectedComment? Rejected { get; init; }

    /// <summary>The thread that a guest has just written in; null for none.</summary>
    public int? Sent { get; init; }

    /// <summary>The thread is not among those shown, so that it is said above them.</summary>
    public bool IsSentElsewhere => Sent is not null && !_threads.Contains(Sent);

    /// <summary>Threads on items that the draft no longer holds.</summary>
    public IReadOnlyList<CommentThread> Removed { get; }

    /// <summary>The form of what was posted and not taken, if it is about something that the draft holds no more; null otherwise.</summary>
    public FormAt? Astray => Rejected is { Form: var form } && !(form.AnswersId is null ? _places.Contains((form.Place, form.PlaceId)) : _threads.Contains(form.AnswersId))
        ? new FormAt(this, form.Place, form.PlaceId, form.AnswersId, "comments-removed")
        : null;

    /// <param name="name">What the place is called, in a sentence.</param>
    public CommentsAt At(CommentedPlace place, int? id, string name) => new(this, place, id, name, [.. _placed[(place, id)]]);

    /// <summary>Whose words they are, for whoever looks: guests are not given addresses.</summary>
    public string NameOf(CommentRow said) => said switch
    {
        { GuestName: { } guest } => $"{guest} (guest)",
        { ByEmail: null } => "Somebody who has left",
        { ByEmail: { } email } => IsStaff ? email : email.Split('@')[0],
    };

    /// <summary>An item that was removed and put back, or imported again, is known by its title; null when there is none.</summary>
    private static (CommentedPlace, int?)? KeyOf(CommentRow first, IReadOnlyList<(CommentedPlace Place, int Id, string Title)> titles)
    {
        if (first.Place is CommentedPlace.Whole or CommentedPlace.Introduction || titles.Any(one => one.Place == first.Place && one.Id == first.PlaceId))
            return (first.Place, first.PlaceId);
        return titles.Where(one => one.Place == first.Place && one.Title == first.PlaceTitle).Select(one => ((CommentedPlace, int?)?)(one.Place, one.Id)).FirstOrDefault();
    }
}

/// <param name="Problems">What is wrong, by the name of the field.</param>
public sealed record RejectedComment(CommentForm Form, IReadOnlyDictionary<string, string> Problems)
{
    public static RejectedComment Of(CommentForm form, ModelStateDictionary state) => new(
        form, state.Where(entry => entry.Value!.Errors.Count > 0).ToDictionary(entry => entry.Key, entry => entry.Value!.Errors[0].ErrorMessage));
}

/// <summary>The comments at one place, and the form for another.</summary>
public sealed record CommentsAt(ReviewedDraft Review, CommentedPlace Place, int? PlaceId, string Name, IReadOnlyList<CommentThread> Threads)
{
    public string Anchor => PlaceId is { } id ? $"comments-{Place}-{id}".ToLowerInvariant() : $"comments-{Place}".ToLowerInvariant();

    public FormAt Form => new(Review, Place, PlaceId, null, Anchor);
}

public sealed record ThreadAt(ReviewedDraft Review, CommentThread Thread)
{
    public string Anchor => $"comment-{Thread.First.Id}";

    public string Name => Review.NameOf(Thread.First);

    public bool IsSent => Review.Sent == Thread.First.Id;

    public FormAt Form => new(Review, Thread.First.Place, Thread.First.PlaceId, Thread.First.Id, Anchor);
}

/// <param name="AnswersId">Null for a comment that begins a thread.</param>
/// <param name="Anchor">Where on the page the form stands.</param>
public sealed record FormAt(ReviewedDraft Review, CommentedPlace Place, int? PlaceId, int? AnswersId, string Anchor)
{
    /// <summary>What was typed here and not taken.</summary>
    public RejectedComment? Rejected => Review.Rejected is { Form: var form } rejected
        && (AnswersId is null ? form.AnswersId is null && form.Place == Place && form.PlaceId == PlaceId : form.AnswersId == AnswersId) ? rejected : null;

    public string? Problem(string field) => Rejected?.Problems.GetValueOrDefault(field);
}
