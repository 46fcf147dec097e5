using System.ComponentModel.DataAnnotations;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;

namespace CordisPulse.Web.Areas.Editor.Work;

/// <summary>Who works on an item, how far that has come, and what was noted.</summary>
public sealed record WorkPage
{
    public required WorkedItem Item { get; init; }

    public required int? AssigneeId { get; init; }

    public required ItemStage? Stage { get; init; }

    /// <summary>Who can be given the item, and whoever has it.</summary>
    public required IReadOnlyList<Colleague> Colleagues { get; init; }

    /// <summary>In the order in which they were written.</summary>
    public required IReadOnlyList<WorkNote> Notes { get; init; }

    public required NoteForm Note { get; init; }

    public string Address => $"/editor/items/{Item.Id}";
}

public sealed record Colleague(int Id, string Email);

/// <param name="Text">Empty once it was taken back.</param>
public sealed record WorkNote(int Id, string Text, DateTime AddedUtc, string? By, bool IsMine, DateTime? TakenBackUtc);

public sealed class NoteForm
{
    [Written(ErrorMessage = "Write the note first.")]
    [StringLength(Limits.Note, ErrorMessage = "A note can have 1,000 characters.")]
    public string? Text { get; set; }
}

/// <summary>What a list says of the work on an item.</summary>
/// <param name="Notes">Those that were not taken back.</param>
/// <param name="LastNote">The newest of them, with who wrote it.</param>
public sealed record WorkMark(string? Assignee, ItemStage? Stage, int Notes, WorkNote? LastNote)
{
    /// <summary>Such as "for kim · summarised · 2 notes"; empty when there is nothing to say.</summary>
    public string Words => string.Join(" · ", new[]
    {
        Assignee is null ? null : $"for {Assignee.Split('@')[0]}",
        Stage is { } stage ? WorkWords.Of(stage).ToLowerInvariant() : null,
        Notes == 0 ? null : Counted.Of(Notes, "note"),
    }.OfType<string>());
}

internal static class WorkWords
{
    public static string Of(ItemStage stage) => stage switch
    {
        ItemStage.ToRead => "To read",
        ItemStage.Summarised => "Summarised",
        _ => "Ready",
    };
}
