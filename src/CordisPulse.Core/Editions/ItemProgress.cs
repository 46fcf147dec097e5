using CordisPulse.Core.Accounts;

namespace CordisPulse.Core.Editions;

/// <summary>How far the work on an item has come.</summary>
public enum ItemStage
{
    ToRead,
    Summarised,
    Ready,
}

/// <summary>Who works on an item, in the intake or in an edition, and how far that has come. No part of its text.</summary>
public sealed class ItemProgress
{
    public int Id { get; set; }

    /// <summary>Unique. No foreign key: what was removed comes back with it.</summary>
    public int ItemId { get; set; }

    public int? AssigneeId { get; set; }

    public Account? Assignee { get; set; }

    /// <summary>Null while nobody has said.</summary>
    public ItemStage? Stage { get; set; }
}

/// <summary>What a colleague wanted to say about an item. Never changed; its author can take it back.</summary>
public sealed class ItemNote
{
    public int Id { get; set; }

    /// <summary>No foreign key: what was removed comes back with its notes.</summary>
    public int ItemId { get; set; }

    public required string Text { get; set; }

    public DateTime AddedUtc { get; set; }

    public int? AddedById { get; set; }

    public Account? AddedBy { get; set; }

    /// <summary>When its author took it back; its words are gone then.</summary>
    public DateTime? TakenBackUtc { get; set; }
}
