using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Checks;
using CordisPulse.Core.Site;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Tests.Editions.Checks;

/// <summary>Editions of a few words, and all that the checks say of them.</summary>
internal static class ProofReading
{
    public static EditionMonth March { get; } = new(2022, 3);

    public static PublisherView Example { get; } = new("Example", null, "020 7946 0102", "info@example.org", "https://www.example.com/", [], 1);

    /// <param name="app">Whose checks are run.</param>
    /// <param name="document">The edition, which readers get on 7 March 2022.</param>
    /// <param name="publisher">Who publishes it; <see cref="Example"/> when nobody else is named.</param>
    public static Task<List<Finding>> CheckAsync(this PulseApp app, EditionDocument document, PublisherView? publisher = null)
        => app.InScopeAsync(services => Task.FromResult(services.GetServices<IEditionCheck>()
            .SelectMany(check => check.Check(new CheckedEdition { Document = document, ReadOn = new DateOnly(2022, 3, 7), NowUtc = new DateTime(2022, 3, 7, 9, 0, 0, DateTimeKind.Utc), Publisher = publisher ?? Example }))
            .ToList()));

    /// <summary>Items 1, 2, … with these summaries in one sector and section.</summary>
    public static EditionDocument EditionOf(params string[] summaries) => new()
    {
        Month = March,
        Title = March.Title,
        Subject = "The digest",
        Preheader = "",
        Sectors =
        [
            new DocumentSector
            {
                Name = "Adult Social Care",
                Slug = "adult-social-care",
                Sections =
                [
                    new DocumentSection
                    {
                        Name = "Reports",
                        Slug = "reports",
                        Items = [.. summaries.Select((summary, i) => new DocumentItem { ItemId = i + 1, Title = $"Item {i + 1}", Slug = $"item-{i + 1}", Source = "Example", Url = $"https://example.org/{i}", Summary = summary })],
                    },
                ],
            },
        ],
    };
}
