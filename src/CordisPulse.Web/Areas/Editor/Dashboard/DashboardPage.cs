using System.Globalization;
using CordisPulse.Core.Catalogue;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Review;
using CordisPulse.Core.Mailings;
using CordisPulse.Core.Site;
using CordisPulse.Web.Areas.Editor.Review;

namespace CordisPulse.Web.Areas.Editor.Dashboard;

/// <summary>One line of the list of editions.</summary>
/// <param name="PublishedOn">The day on which it first appeared elsewhere.</param>
/// <param name="PublishedUtc">When it was last published here; null when it never was.</param>
/// <param name="DueOn">The day on which it is to go out.</param>
/// <param name="Mailing">State of the newest mailing; null when nothing has been sent.</param>
public sealed record EditionRow(
    int Id, EditionMonth Month, int Items, int News, int SetAside, int? PublishedRevision, DateOnly? PublishedOn, DateTime? PublishedUtc, DateOnly? DueOn, bool HasIntroduction,
    DateTime ChangedUtc, MailingState? Mailing)
{
    public string Address => $"/editor/editions/{Month}";

    /// <summary>When it is published and mailed by itself; null when it is not.</summary>
    public DateTime? ScheduledForUtc { get; init; }

    /// <summary>Its hour has come, and something stood in its way.</summary>
    public bool IsHeld { get; init; }

    public bool IsPublished => PublishedRevision is not null;

    /// <summary>Its working text differs from what readers see.</summary>
    public bool IsChanged { get; init; }

    public bool IsOnItsWay => Mailing is MailingState.Scheduled or MailingState.Sending or MailingState.Paused;

    /// <summary>Readers of the site have it, and those of the mail do not.</summary>
    public bool IsUnsent => this is { IsPublished: true, PublishedOn: null, Mailing: null };

    /// <summary>What it waits for, where no more than its row is known.</summary>
    /// <param name="publishes">Whether who looks may publish and send it.</param>
    public NextStep WaitsFor(bool publishes) => this switch
    {
        { ScheduledForUtc: not null } => Scheduled(publishes),
        { IsOnItsWay: true } => publishes ? new NextStep("Watch the mailing", $"{Address}/mailing") : new NextStep("A publisher watches the mailing", Address),
        { IsChanged: true } => Publishing(publishes),
        { IsUnsent: true } => Sending(publishes),
        { Items: 0 } => new NextStep("Add the first item", Address),
        _ => new NextStep("Go on with the draft", Address),
    };

    private NextStep Scheduled(bool publishes)
    {
        var hour = $"{UkTime.Minute(ScheduledForUtc)}, UK time";
        return new NextStep(
            IsHeld ? $"Held: it was to go out on {hour}. See why" : $"Scheduled for {hour}: it is then published and mailed, unless somebody edits it",
            publishes ? $"{Address}/mailing" : Address);
    }

    /// <summary>What was changed in a published edition is put before readers.</summary>
    public NextStep Publishing(bool publishes)
        => new($"{(publishes ? "Publish" : "A publisher publishes")} what changed since revision {PublishedRevision}", $"{Address}/publish");

    public NextStep Sending(bool publishes)
        => publishes ? new NextStep("Send it to the subscribers", $"{Address}/mailing") : new NextStep("A publisher sends it to the subscribers", Address);
}

/// <summary>How far a sector of an edition has come.</summary>
/// <param name="Drafted">Items that have a summary.</param>
/// <param name="Empty">Names of the sections that hold nothing: where it is known what is usual, those that usually hold something, and else all.</param>
public sealed record SectorProgress(string Name, int Colour, int Items, int Drafted, IReadOnlyList<string> Empty)
{
    public string EmptyInWords => Items == 0 ? "The whole sector" : Empty.Count == 0 ? "Nothing" : string.Join(", ", Empty);

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
/// <param name="IsUsualKnown">Enough editions have been published before to say what they usually hold.</param>
/// <param name="OpenComments">Threads that nobody has settled.</param>
/// <param name="Approval">Of the text as it stands; null while readers see just that.</param>
/// <param name="Today">In the United Kingdom.</param>
public sealed record CurrentEdition(EditionRow Row, int Errors, int Warnings, IReadOnlyList<SectorProgress> Sectors, bool IsUsualKnown, IReadOnlyList<WorkShare> Shares,
    int? FirstWithoutSummary, int OpenComments, ApprovalState? Approval, DateOnly Today)
{
    /// <summary>More names than these are told by what they are.</summary>
    private const int MostNames = 2;

    public string Address => Row.Address;

    public string EmptyHeading => IsUsualKnown ? "Usually filled, still empty" : "Still empty";

    /// <summary>How long it is until the day, or how late it is, in words; null when there is none, it is on its way, or it went out.</summary>
    public string? TimeLeft => Row.DueOn is not { } due || Row.Mailing is MailingState.Completed or MailingState.Sending ? null : (due.DayNumber - Today.DayNumber) switch
    {
        0 => "today",
        1 => "tomorrow",
        > 1 and var days => string.Create(CultureInfo.InvariantCulture, $"in {days} days"),
        var days => $"{Counted.Of(-days, "day")} late",
    };

    public bool IsLate => TimeLeft is not null && Row.DueOn < Today;

    /// <summary>What to do now, in the order in which it is done, each with where.</summary>
    /// <param name="accountId">Who looks.</param>
    /// <param name="publishes">Whether they may publish and send it.</param>
    public IEnumerable<NextStep> Next(int accountId, bool publishes)
    {
        if (Row.IsOnItsWay && (publishes || Row.ScheduledForUtc is not null))
            yield return Row.WaitsFor(publishes);
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
        if (Errors == 0 && Row.Items > 0 && Row.ScheduledForUtc is null && (Row.IsChanged || !Row.IsPublished))
            yield return Publishing(accountId, publishes);
        if (Row.IsUnsent)
            yield return Row.Sending(publishes);
    }

    private NextStep Publishing(int accountId, bool publishes)
    {
        if (Approval is { IsRequired: true, Counts: false } wanting)
            return new NextStep(Approving(wanting, accountId, publishes), $"{Address}/preview");
        return Row.IsChanged
            ? Row.Publishing(publishes)
            : new NextStep(publishes ? "Look at the preview, then publish" : "Look at the preview; a publisher publishes it", $"{Address}/preview");
    }

    private static string Approving(ApprovalState wanting, int accountId, bool publishes)
    {
        if (ApprovalView.Of(wanting, accountId, publishes, acts: false).MayApprove)
            return "Look at the preview, then approve it";
        if (wanting.MayApprove.Count == 0)
            return "Waits for approval by another publisher; there is no such account yet";
        if (wanting.Asked is not { } asked)
            return "Ask the publishers to approve it";
        var who = wanting.MayApprove.Count <= MostNames ? string.Join(" or ", wanting.MayApprove) : publishes ? "another publisher" : "a publisher";
        return $"Waits for approval by {who}, asked on {UkTime.Minute(asked.AtUtc)}";
    }

    private IEnumerable<NextStep> Drafting()
    {
        if (Row.IsPublished)
            yield break;
        if (Row.Items == 0)
            yield return new NextStep("Add the first item", Address);
        if (FirstWithoutSummary is { } first)
            yield return new NextStep($"Write {Counted.Of(Sectors.Sum(sector => sector.Items - sector.Drafted), "summary", "summaries")}", $"{Address}/items/{first}#Form_Summary");
        foreach (var sector in Row.Items == 0 ? [] : Sectors.Where(sector => IsUsualKnown ? sector.Empty.Count > 0 : sector.Items == 0))
            yield return new NextStep(!IsUsualKnown ? $"{sector.Name} has nothing yet" : $"{sector.Name} has nothing yet in {string.Join(" and ", sector.Empty)}", Address);
        if (!Row.HasIntroduction)
            yield return new NextStep("Write the introduction", $"{Address}/texts");
    }
}

public sealed record NextStep(string Text, string Address);

/// <param name="AccountId">Who looks.</param>
/// <param name="Others">Editions that wait for somebody too, the most urgent first.</param>
/// <param name="Waiting">Items in the intake.</param>
/// <param name="MailGoes">Where mail goes, as whoever runs the program has set it.</param>
/// <param name="MailIsReal">False while mail goes to files on this machine.</param>
/// <param name="Plan">What was typed and is wrong; null when nothing is.</param>
public sealed record DashboardPage(
    int AccountId, IReadOnlyList<CurrentEdition> Current, IReadOnlyList<EditionRow> Others, IReadOnlyList<EditionRow> Editions, int Waiting, int Subscribers, string MailGoes, bool MailIsReal, StartForm Start, PlanForm? Plan)
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

internal static class StartedWords
{
    /// <summary>Such as <c>The edition of March 2022 is started. Taken over from February 2022: the sign-off and 2 of the news.</c></summary>
    public static string InWords(this StartedEdition started, EditionMonth month)
    {
        var taken = new[]
        {
            started.SignOff ? "the sign-off" : null,
            started.Introduction ? "the introduction" : null,
            started.Subject ? "the subject" : null,
            started.Preheader ? "the preheader" : null,
            started.News > 0 ? $"{started.News} of the news" : null,
        }.OfType<string>().ToList();
        var words = taken.Count switch
        {
            0 => started.From is { } none ? $"It is empty: nothing was taken over from {none.Title}." : "It is empty.",
            1 => $"Taken over from {started.From?.Title}: {taken[0]}.",
            _ => $"Taken over from {started.From?.Title}: {string.Join(", ", taken.SkipLast(1))} and {taken[^1]}.",
        };
        return $"The edition of {month.Title} is started. {words}";
    }
}
