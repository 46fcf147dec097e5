using CordisPulse.Core.Accounts;

namespace CordisPulse.Core.Subscriptions.Lists;

public enum ListImportState
{
    /// <summary>The file is being kept; nobody sees it yet.</summary>
    Arriving,

    /// <summary>For somebody to look at how it is read.</summary>
    Waiting,
    Running,
    Done,
    Undoing,
    Undone,

    /// <summary>Taking it back ended early; it can begin again, and goes on where it was.</summary>
    UndoFailed,

    /// <summary>It could not be read to its end; <see cref="ListImport.Problem"/> says why.</summary>
    Failed,

    /// <summary>Its file is gone, since it may have named somebody who was erased; <see cref="ListImport.Problem"/> says so for a day.</summary>
    Withdrawn,

    /// <summary>Somebody does not want it, or it was a day old: its file is being removed, and nobody sees it any more.</summary>
    Discarded,
}

/// <summary>One list that is, or was, put on the list of subscribers. Its file is gone once it is imported or a day old; the figures stay.</summary>
public sealed class ListImport
{
    /// <summary>What a list is called that has no name.</summary>
    public const string Nameless = "list";

    public int Id { get; set; }

    /// <summary><see cref="Nameless"/> where the name could have been that of somebody who was erased.</summary>
    public required string FileName { get; set; }

    /// <summary>Null for a command.</summary>
    public int? AccountId { get; set; }

    public Account? Account { get; set; }

    public DateTime UploadedUtc { get; set; }

    public ListImportState State { get; set; }

    /// <summary>Those of a workbook that are kept; none for a text.</summary>
    public List<string> Sheets { get; set; } = [];

    /// <summary>How many rows of each of them Excel hides: they were not kept.</summary>
    public List<int> HiddenRows { get; set; } = [];

    /// <summary>The one that is read.</summary>
    public int Sheet { get; set; }

    public ListEncoding Encoding { get; set; }

    public required string Separator { get; set; }

    public bool HasHeader { get; set; }

    /// <summary>A <see cref="ColumnUse"/> for each column, with commas between.</summary>
    public required string Columns { get; set; }

    /// <summary>Domains that are written otherwise than in the file: "gmial.com&gt;gmail.com", with spaces between.</summary>
    public string Mended { get; set; } = "";

    /// <summary>A <see cref="ListPreview"/> as JSON; null until the file was looked through as it is read now.</summary>
    public string? Preview { get; set; }

    /// <summary>A <see cref="ListDraft"/> as JSON, while the list waits; null where nothing was typed.</summary>
    public string? Draft { get; set; }

    /// <summary>On what ground these people are mailed; null until somebody says so.</summary>
    public int? BasisId { get; set; }

    public ConsentBasis? Basis { get; set; }

    public DateTime? ConfirmedUtc { get; set; }

    public DateTime? EndedUtc { get; set; }

    public DateTime? UndoneUtc { get; set; }

    public int? UndoneById { get; set; }

    /// <summary>Rows that hold somebody, or should.</summary>
    public int Rows { get; set; }

    /// <summary>Rows that are dealt with.</summary>
    public int Done { get; set; }

    public int Added { get; set; }

    public int AlreadyThere { get; set; }

    public int Suppressed { get; set; }

    public int Rejected { get; set; }

    /// <summary>Added, and taken back.</summary>
    public int TakenBack { get; set; }

    /// <summary>Added, and not taken back, since something has happened with them meanwhile.</summary>
    public int Stayed { get; set; }

    /// <summary>The line up to which undoing has come.</summary>
    public int UndoneThrough { get; set; }

    /// <summary>Why it ended early, as a sentence.</summary>
    public string? Problem { get; set; }

    /// <summary>What its rejected lines say is kept for whoever mends them: for a day after it ended, unless somebody is erased before.</summary>
    public bool KeepsWritten { get; set; }

    public DateTime? LeaseEndUtc { get; set; }

    /// <summary>Goes up with each node that takes it over.</summary>
    public int LeaseNumber { get; set; }

    public int Version { get; set; }

    /// <summary>It is over and has added somebody, or taking it back ended early.</summary>
    public bool CanBeTakenBack => State is ListImportState.Done or ListImportState.Failed or ListImportState.UndoFailed && Added > 0;

    /// <summary>Hidden rows of the sheet that is read.</summary>
    public int Hidden => HiddenRows.ElementAtOrDefault(Sheet);

    public ListFormat Format => new(Encoding, Separator[0]);

    public ListColumns ColumnsRead
        => new(HasHeader, [.. Columns.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<ColumnUse>)]);

    public static string Write(IEnumerable<ColumnUse> uses) => string.Join(',', uses);

    public IReadOnlyDictionary<string, string> MendedDomains
        => Mended.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('>')).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
}

/// <summary>A piece of a file that waits to be imported, compressed. All of one sheet, in their order, are one stream.</summary>
public sealed class ListImportPart
{
    public int ImportId { get; set; }

    public int Sheet { get; set; }

    public int Number { get; set; }

    public required byte[] Bytes { get; set; }
}

public enum ListLineOutcome
{
    Added,
    AlreadyThere,

    /// <summary>Left, bounced, complained or erased: stays off the list.</summary>
    Suppressed,
    Rejected,

    /// <summary>Added, and taken back.</summary>
    TakenBack,

    /// <summary>Added, and still on the list though the import was taken back.</summary>
    Stayed,
}

/// <summary>What became of one row of a list. Nothing that the row said is kept for long: who it is, the subscriber's number tells.</summary>
public sealed class ListImportLine
{
    public int ImportId { get; set; }

    /// <summary>Where it stands in the file, from 1.</summary>
    public int Line { get; set; }

    public ListLineOutcome Outcome { get; set; }

    /// <summary>Null for somebody who is not, or no longer, among the subscribers.</summary>
    public int? SubscriberId { get; set; }

    public Subscriber? Subscriber { get; set; }

    public string? Reason { get; set; }

    /// <summary>Of a rejected row what it says, cut short, while <see cref="ListImport.KeepsWritten"/>.</summary>
    public string? Written { get; set; }
}
