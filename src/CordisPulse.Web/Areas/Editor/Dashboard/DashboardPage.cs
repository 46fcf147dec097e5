using System.Globalization;
using CordisPulse.Core.Catalogue;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Mailings;

namespace CordisPulse.Web.Areas.Editor.Dashboard;

/// <summary>One line of the list of editions.</summary>
/// <param name="DueOn">The day on which it is to go out.</param>
/// <param name="Mailing">State of the newest mailing; null when nothing has been sent.</param>
public sealed record EditionRow(
    int Id, EditionMonth Month, int Items, int News, int SetAside, int? PublishedRevision, DateOnly? PublishedOn, DateOnly? DueOn, bool HasIntroduction,
    DateTime ChangedUtc, MailingState? Mailing)
{
    public bool IsPublished => PublishedRevision is not null;
}

/// <summary>How far a sector of an edition has come.</summary>
/// <param name="Drafted">Items that have a summary.</param>
/// <param name="Gaps">Names of the sections that hold nothing, though they usually do.</param>
public sealed record SectorProgress(string Name, int Colour, int Items, int Drafted, IReadOnlyList<string> Gaps)
{
    public string Class => string.Create(CultureInfo.InvariantCulture, $"sector-{Colour % SectorColours.All.Count}");
}

/// <summary>What a colleague has to do.</summary>
/// <param name="Stages">How many of the items are at each stage; those of no stage count as to be read.</param>
public sealed record WorkShare(string Email, IReadOnlyDictionary<ItemStage, int> Stages)
{
    public int Of(ItemStage stage) => Stages.GetValueOrDefault(stage);
}

/// <summary>The edition that is being worked on.</summary>
/// <param name="Shares">Of those who have items of it.</param>
/// <param name="FirstWithoutSummary">Key of the first item that has none; null when all have one.</param>
/// <param name="OpenComments">Threads that nobody has settled.</param>
/// <param name="Today">In the United Kingdom.</param>
public sealed record CurrentEdition(EditionRow Row, int Errors, int Warnings, IReadOnlyList<SectorProgress> Sectors, IReadOnlyList<WorkShare> Shares, int? FirstWithoutSummary,
    int OpenComments, DateOnly Today)
{
    public string Address => $"/editor/editions/{Row.Month}";

    /// <summary>How long it is until the day, in words; null when there is none, or it went out.</summary>
    public string? TimeLeft => Row.DueOn is not { } due || Row.Mailing == MailingState.Completed ? null : (due.DayNumber - Today.DayNumber) switch
    {
        0 => "today",
        1 => "tomorrow",
        -1 => "yesterday",
        > 1 and var days => string.Create(CultureInfo.InvariantCulture, $"in {days} days"),
        var days => string.Create(CultureInfo.InvariantCulture, $"{-days} days ago"),
    };

    public bool IsLate => Row.DueOn < Today && Row.Mailing is null or MailingState.Cancelled;

    /// <summary>What to do now, in the order in which it is done, each with where.</summary>
    /// <param name="publishes">Whether who looks may publish and send it.</param>
    public IEnumerable<NextStep> Next(bool publishes)
    {
        if (publishes && Row.Mailing is MailingState.Sending or MailingState.Paused or MailingState.Scheduled)
            yield return new NextStep("Watch the mailing", $"{Address}/mailing");
        if (Row.SetAside > 0)
            yield return new NextStep($"Settle {Counted.Of(Row.SetAside, "text")} that the import set aside", Address);
        foreach (var step in Drafting())
            yield return step;
        if (Errors > 0 && Row.Items > 0)
            yield return new NextStep($"Mend {Counted.Of(Errors, "error")}; until then it cannot be published", $"{Address}/checks");
        if (Warnings > 0 && !Row.IsPublished && Row.Items > 0)
            yield return new NextStep($"Look at {Counted.Of(Warnings, "warning")}", $"{Address}/checks");
        if (OpenComments > 0 && !Row.IsPublished)
            yield return new NextStep($"Answer {Counted.Of(OpenComments, "comment")}", $"{Address}/preview/comments");
        if (Errors == 0 && Row is { Items: > 0, IsPublished: false })
            yield return new NextStep(publishes ? "Look at the preview, then publish" : "Look at the preview; a publisher publishes it", $"{Address}/preview");
        if (publishes && Row is { IsPublished: true, Mailing: null, PublishedOn: null })
            yield return new NextStep("Send it to the subscribers", $"{Address}/mailing");
    }

    private IEnumerable<NextStep> Drafting()
    {
        if (Row.IsPublished)
            yield break;
        if (Row.Items == 0)
            yield return new NextStep("Add the first item", Address);
        if (FirstWithoutSummary is { } first)
            yield return new NextStep($"Write {Counted.Of(Sectors.Sum(sector => sector.Items - sector.Drafted), "summary", "summaries")}", $"{Address}/items/{first}#Form_Summary");
        foreach (var sector in Sectors.Where(sector => sector.Gaps.Count > 0 && Row.Items > 0))
            yield return new NextStep($"{sector.Name} has nothing yet in {string.Join(" and ", sector.Gaps)}", Address);
        if (!Row.HasIntroduction)
            yield return new NextStep("Write the introduction", $"{Address}/texts");
    }
}

public sealed record NextStep(string Text, string Address);

/// <param name="Waiting">Items in the intake.</param>
/// <param name="MailGoes">Where mail goes, as whoever runs the program has set it.</param>
/// <param name="MailIsReal">False while mail goes to files on this machine.</param>
/// <param name="Plan">What was typed and is wrong; null when nothing is.</param>
public sealed record DashboardPage(
    IReadOnlyList<CurrentEdition> Current, IReadOnlyList<EditionRow> Editions, int Waiting, int Subscribers, string MailGoes, bool MailIsReal, StartForm Start, PlanForm? Plan)
{
    /// <summary>The day in the form of an edition.</summary>
    public string? DueOnOf(EditionRow row) => Plan?.Month == row.Month.ToString() ? Plan.DueOn : row.DueOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

public sealed class StartForm
{
    /// <summary>YYYY-MM.</summary>
    public string? Month { get; set; }

    public bool SignOff { get; set; }

    public bool Texts { get; set; }

    public bool StandingNews { get; set; }

    public StartEdition ToStart(EditionMonth month, int byId)
        => new() { Month = month, WithSignOff = SignOff, WithTexts = Texts, WithStandingNews = StandingNews, ById = byId };
}

public sealed class PlanForm
{
    /// <summary>YYYY-MM.</summary>
    public string? Month { get; set; }

    /// <summary>YYYY-MM-DD.</summary>
    public string? DueOn { get; set; }
}
