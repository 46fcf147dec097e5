namespace CordisPulse.Web.Areas.Editor.Keys;

/// <param name="Keys">One key, or several to press one after the other, with a space between; what a link or button declares as its <c>data-key</c>.</param>
public sealed record DeskKey(string Keys, string Does);

/// <summary>The keyboard shortcuts of the desk. Pages declare them on their links and buttons, and the list of them is made from here.</summary>
public static class DeskKeys
{
    public static DeskKey List { get; } = new("?", "Show this list");

    public static DeskKey Undo { get; } = new("u", "Undo what was just done");

    public static DeskKey Editions { get; } = new("g e", "Go to the editions");

    public static DeskKey Intake { get; } = new("g i", "Go to the intake");

    public static DeskKey Board { get; } = new("g b", "Go to the board");

    public static DeskKey Texts { get; } = new("g t", "Go to the texts");

    public static DeskKey Checks { get; } = new("g c", "Go to the checks");

    public static DeskKey Preview { get; } = new("g p", "Go to the preview");

    public static DeskKey Publish { get; } = new("g l", "Go to publishing");

    public static DeskKey Mailing { get; } = new("g m", "Go to the mailing");

    public static DeskKey Next { get; } = new("j", "Next card");

    public static DeskKey Previous { get; } = new("k", "Card before");

    public static DeskKey Edit { get; } = new("e", "Edit the card");

    public static DeskKey Move { get; } = new("m", "Move the card to another box");

    public static DeskKey Select { get; } = new("x", "Select the card");

    public static DeskKey New { get; } = new("n", "Add an item to the box, or news to the news");

    public static DeskKey Accept { get; } = new("p", "Put the item where it is suggested, the first when none has the focus");

    public static IReadOnlyList<(string Where, IReadOnlyList<DeskKey> Keys)> All { get; } =
    [
        ("Everywhere on the desk", [List, Undo, Editions, Intake]),
        ("In an edition", [Board, Texts, Checks, Preview, Publish, Mailing]),
        ("In the intake", [Accept]),
        ("On the board", [Next, Previous, Edit, Move, Select, New]),
    ];

    /// <summary>What a form of a text does with Ctrl, or Cmd on a Mac, while somebody types; its scripts bind them.</summary>
    public static IReadOnlyList<DeskKey> WhileTyping { get; } =
    [
        new("Enter", "Save, from any field of the form"),
        new("B", "Bold"),
        new("I", "Italic"),
        new("K", "Link"),
        new("Z", "Undo, also what was pasted"),
    ];
}
