using System.Globalization;
using CordisPulse.Core.Catalogue;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Checks;
using CordisPulse.Core.Mailings;
using CordisPulse.Core.Mailings.Messages;
using CordisPulse.Core.Rendering;

namespace CordisPulse.Web.Areas.Editor.Compose;

/// <summary>The composing board: one edition as readers will meet it, so that a gap is seen.</summary>
public sealed record BoardPage
{
    public required EditionMonth Month { get; init; }

    /// <summary>Key of the last revision of the order; 0 while it was never changed. A move names it, so that two do not cross.</summary>
    public required long OrderId { get; init; }

    /// <summary>Why a move was not made.</summary>
    public BoardRefusal? Refusal { get; init; }

    public required int? PublishedRevision { get; init; }

    /// <summary>What of it readers do not see yet, a line each; none while they see nothing at all.</summary>
    public required IReadOnlyList<string> Unpublished { get; init; }

    public required DateTime ChangedUtc { get; init; }

    /// <summary>State of the newest mailing; null when nothing has been sent.</summary>
    public required MailingState? Mailing { get; init; }

    /// <summary>It appeared before CordisPulse, and is sent only by exception.</summary>
    public required bool FirstPublishedElsewhere { get; init; }

    public required Pulse Pulse { get; init; }

    public required BoardTexts Texts { get; init; }

    public required IReadOnlyList<BoardNews> News { get; init; }

    public required IReadOnlyList<BoardSector> Sectors { get; init; }

    public required IReadOnlyList<BoardSection> Sections { get; init; }

    public required IReadOnlyList<BoardCard> Cards { get; init; }

    public required IReadOnlyList<BoardSetAside> SetAside { get; init; }

    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Bytes of the e-mail's HTML part.</summary>
    public required int MailBytes { get; init; }

    /// <summary>The same for every choice of sectors.</summary>
    public required IReadOnlyList<VariantBytes> Sizes { get; init; }

    /// <summary>The items that take most of the e-mail.</summary>
    public required IReadOnlyList<ItemBytes> Costliest { get; init; }

    public required UsualCounts Usual { get; init; }

    /// <summary>The item that is open beside the board.</summary>
    public int? OpenItemId { get; init; }

    public string Address => $"/editor/editions/{Month}";

    public IReadOnlyList<BoardCard> NotPlaced => [.. Cards.Where(card => card.SectorId is null || card.SectionId is null)];

    public int Errors => Findings.Count(finding => finding.Severity == FindingSeverity.Error);

    public int Warnings => Findings.Count(finding => finding is { Severity: FindingSeverity.Warning, LeftBecause: null });

    public string FindingsInWords => (Errors, Warnings) switch
    {
        (0, 0) => "nothing to mend",
        (0, _) => Counted.Of(Warnings, "warning"),
        (_, 0) => Counted.Of(Errors, "error"),
        _ => $"{Counted.Of(Errors, "error")}, {Counted.Of(Warnings, "warning")}",
    };

    public bool WaitsForSending => this is { PublishedRevision: not null, Mailing: null, FirstPublishedElsewhere: false };

    public IReadOnlyList<BoardCard> Cell(BoardSector sector, BoardSection section)
        => [.. Cards.Where(card => card.SectorId == sector.Id && card.SectionId == section.Id)];

    public CardsView CardsNotPlaced => new(this, NotPlaced, "", "Not placed yet");

    public CardsView CardsOf(BoardSector sector, BoardSection section)
        => new(this, Cell(sector, section), string.Create(CultureInfo.InvariantCulture, $"{sector.Id}-{section.Id}"), $"{section.Name}, {sector.Name}");

    /// <summary>How many items a box holds beside how many it usually does: "3 · usually 4". Null when that says nothing.</summary>
    public string? BalanceOf(BoardSector sector, BoardSection section)
    {
        var (count, usual) = (Cell(sector, section).Count, Usual.Of(sector.Id, section.Id));
        return Usual == UsualCounts.None || (count == 0 && usual == 0)
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{(count == 0 ? "none yet" : count)} · usually {(usual == 0 ? "none" : usual)}");
    }

    /// <summary>Empty, though it seldom is.</summary>
    public bool IsGap(BoardSector sector, BoardSection section) => Usual.Of(sector.Id, section.Id) > 0 && Cell(sector, section).Count == 0;

    /// <summary>The three things to do now, most pressing first.</summary>
    /// <param name="publishes">Whether who looks may publish and send it.</param>
    public IEnumerable<(string Text, string Address)> Next(bool publishes)
        => (publishes && Unpublished.Count > 0 && Errors == 0 ? [($"Publish what changed since revision {PublishedRevision}", $"{Address}/publish")] : Array.Empty<(string, string)>())
            .Concat(publishes && WaitsForSending ? [("Send it to the subscribers", $"{Address}/mailing")] : [])
            .Concat(Findings.Where(finding => finding.Severity == FindingSeverity.Error).Select(finding => ($"{FindingPlaces.TitleOf(Month, finding)}: {finding.Message}", AddressOf(finding))))
            .Concat(SetAside.Take(1).Select(text => ("Settle the text that the import set aside", $"{Address}#set-aside-{text.Id}")))
            .Concat(Sectors
                .Where(sector => Cards.All(card => card.SectorId != sector.Id))
                .Select(sector => ($"{sector.Name} has no item", $"{Address}/items/new?sector={sector.Id}")))
            .Concat(Findings
                .Where(finding => finding is { Severity: FindingSeverity.Warning, LeftBecause: null })
                .Select(finding => ($"{FindingPlaces.TitleOf(Month, finding)}: {finding.Message}", AddressOf(finding))))
            .Take(3);

    /// <summary>Where the thing found is mended.</summary>
    public string AddressOf(Finding finding) => FindingPlaces.AddressOf(Month, finding);

    /// <summary>Sections of a sector that hold items, for a list of them.</summary>
    public IEnumerable<BoardSection> Filled(BoardSector sector) => Sections.Where(section => Cell(sector, section).Count > 0);
}

/// <param name="IntroductionWords">0 while there is none.</param>
public sealed record BoardTexts(int IntroductionWords, string? SignOffName, string? SignOffRole, string Subject, string Preheader, bool OwnSubject, bool OwnPreheader);

/// <param name="EditedBy">Who else has it open, in words.</param>
public sealed record BoardNews(int Id, string Title, int Words, string? State, string? EditedBy);

/// <param name="Change">Address of the change that stood in the way; null when it was none of the order.</param>
public sealed record BoardRefusal(string Message, string? Change);

/// <param name="OrderId">Key of the last revision of the order.</param>
/// <param name="EditedBy">By the element of a card, who else has its text open, in words.</param>
public sealed record BoardPresence(long OrderId, IReadOnlyDictionary<string, string> EditedBy);

/// <param name="IsFirst">Nothing stands above it, so it can't go up.</param>
public sealed record NewsCardView(BoardPage Board, BoardNews News, bool IsFirst, bool IsLast);

public sealed record BoardSector(int Id, string Name, int Colour)
{
    public string Class => string.Create(CultureInfo.InvariantCulture, $"sector-{Colour % SectorColours.All.Count}");
}

public sealed record BoardSection(int Id, string Name);

/// <param name="State">What most needs doing about it, in two words; null when nothing does.</param>
/// <param name="EmbargoedUntil">The end of its embargo, in words; null when it has none or it is over.</param>
/// <param name="EditedBy">Who else has it open, in words.</param>
public sealed record BoardCard(
    int Id, int? SectorId, int? SectionId, string? Source, string Title, int Words, string? State, string? EmbargoedUntil, string? EditedBy)
{
    public static string EditedByInWords(IEnumerable<string> names)
    {
        List<string> all = [.. names];
        return $"{string.Join(" and ", all)} {(all.Count == 1 ? "is" : "are")} editing this";
    }
}

public sealed record BoardSetAside(int Id, int? AfterItemId, string? AfterTitle, string Text, string Reason);
