using CordisPulse.Core.Editions;
using CordisPulse.Core.Mailings;

namespace CordisPulse.Web.Areas.Editor.Dashboard;

/// <summary>One line of the list of editions.</summary>
/// <param name="Mailing">State of the newest mailing; null when nothing has been sent.</param>
public sealed record EditionRow(
    int Id, EditionMonth Month, int Items, int News, int SetAside, int? PublishedRevision, DateOnly? PublishedOn, DateTime ChangedUtc, MailingState? Mailing)
{
    public bool IsPublished => PublishedRevision is not null;
}

/// <summary>The edition that is being worked on.</summary>
public sealed record CurrentEdition(EditionRow Row, int Errors, int Warnings)
{
    public string Address => $"/editor/editions/{Row.Month}";

    /// <summary>What to do now, most pressing first, each with where it is done.</summary>
    /// <param name="publishes">Whether who looks may publish and send it.</param>
    public IEnumerable<NextStep> Next(bool publishes)
    {
        if (Row.Items == 0)
            yield return new NextStep("Add the first item", Address);
        if (Row.SetAside > 0)
            yield return new NextStep($"Settle {Counted.Of(Row.SetAside, "text")} that the import set aside", Address);
        if (Errors > 0 && Row.Items > 0)
            yield return new NextStep($"Mend {Counted.Of(Errors, "error")}; until then it cannot be published", $"{Address}/checks");
        else if (Row.Items > 0 && !Row.IsPublished)
            yield return new NextStep(publishes ? "Look at the preview, then publish" : "Look at the preview; a publisher publishes it", $"{Address}/preview");
        if (!publishes)
            yield break;
        if (Row is { IsPublished: true, Mailing: null, PublishedOn: null })
            yield return new NextStep("Send it to the subscribers", $"{Address}/mailing");
        if (Row.Mailing is MailingState.Sending or MailingState.Paused or MailingState.Scheduled)
            yield return new NextStep("Watch the mailing", $"{Address}/mailing");
    }
}

public sealed record NextStep(string Text, string Address);

/// <param name="MailGoes">Where mail goes, as whoever runs the program has set it.</param>
/// <param name="MailIsReal">False while mail goes to files on this machine.</param>
public sealed record DashboardPage(
    IReadOnlyList<CurrentEdition> Current, IReadOnlyList<EditionRow> Editions, int Subscribers, string MailGoes, bool MailIsReal, StartForm Start);

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
