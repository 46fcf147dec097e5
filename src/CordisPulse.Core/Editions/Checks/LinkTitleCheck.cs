using CordisPulse.Core.Editions.Covered;

namespace CordisPulse.Core.Editions.Checks;

/// <summary>An item whose link leads to a page of quite another title: the wrong link, or a list in place of the report.</summary>
internal sealed class LinkTitleCheck : IEditionCheck
{
    /// <summary>Share of the shorter title's words that the other must have. A subtitle, the name of a site and the order of words matter little.</summary>
    private const double Alike = 0.5;

    /// <summary>What pages call themselves that stand between a robot and the report.</summary>
    private static readonly string[] Walls =
    [
        "just a moment", "attention required", "access denied", "access to this page has been denied", "are you a robot", "robot check", "security check",
        "checking your browser", "please wait", "one moment", "verify", "captcha", "forbidden", "log in", "login", "sign in", "cookie", "enable javascript",
        "javascript is", "request rejected", "pardon our interruption", "human verification", "ddos", "redirecting", "loading",
    ];

    public IEnumerable<Finding> Check(CheckedEdition edition)
    {
        foreach (var (_, _, item) in edition.Document.Items)
        {
            var titles = edition.Seen.GetValueOrDefault(item.Url ?? "")?.Titles ?? [];
            if (titles.Count > 0 && !string.IsNullOrWhiteSpace(item.Title) && !titles.Any(title => IsWall(title) || IsAlike(item, title)))
                yield return CheckedEdition.OfLink(
                    new CheckedLink(FindingPlace.Item, item.ItemId, item.Title, FindingField.Link, item.Url!, null),
                    FindingKinds.LinkTitle, $"The page is called “{titles[0]}”. See whether the link leads to what the title says.");
        }
    }

    private static bool IsWall(string title) => Walls.Any(wall => title.StartsWith(wall, StringComparison.OrdinalIgnoreCase));

    private static bool IsAlike(DocumentItem item, string title)
    {
        var (ours, theirs) = (TitleWords.Of(item.Title), TitleWords.Of(title).Without(TitleWords.Of(item.Source ?? "")));
        // The publisher's name alone says nothing that could be compared.
        var shorter = Math.Min(ours.Words.Length, theirs.Words.Length);
        return shorter == 0 || ours.CountShared(theirs) >= Alike * shorter;
    }
}
