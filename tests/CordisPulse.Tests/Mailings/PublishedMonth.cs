using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;

namespace CordisPulse.Tests.Mailings;

/// <summary>A published edition with everything that a mail shows.</summary>
internal static class PublishedMonth
{
    public static EditionDocument Document(EditionMonth month, string summary = "Waits fell from **32** to 28 days, see [the tables](https://example.org/tables).\n\n- One in six is waiting\n- Councils differ") => new()
    {
        Month = month,
        Title = month.Title,
        Status = EditionStatus.Published,
        Subject = $"CordisPulse: {month.Title}",
        Preheader = "Waits, budgets and a guide",
        Introduction = "Much was published this month.\n\nWe have read it.",
        SignOff = new DocumentSignOff("Jo Field", "Head of Research"),
        News = [new DocumentNews { Title = "We are recruiting", Url = "https://example.org/jobs", Body = "Two posts in London.", Deadline = new DateOnly(2030, 3, 28) }],
        Sectors =
        [
            new DocumentSector
            {
                Name = "Adult social care & health", Slug = "adult-social-care-and-health", Colour = 0,
                Sections =
                [
                    new DocumentSection
                    {
                        Name = "Reports", Slug = "reports",
                        Items =
                        [
                            new DocumentItem { ItemId = 1, Title = "Waiting for care", Slug = "waiting-for-care", Source = "The Health Foundation", Url = "https://example.org/waiting?a=1&b=2", Summary = summary },
                            new DocumentItem { ItemId = 2, Title = "An old budget", Slug = "an-old-budget", Source = "Audit Office", Url = "#", Summary = "Spending by council." },
                        ],
                    },
                ],
            },
            new DocumentSector
            {
                Name = "Criminal justice", Slug = "criminal-justice", Colour = 2,
                Sections =
                [
                    new DocumentSection
                    {
                        Name = "Tools and guidance", Slug = "tools-and-guidance",
                        Items = [new DocumentItem { ItemId = 3, Title = "A guide", Slug = "a-guide", Url = "https://example.org/guide", Summary = "For people new to the sector." }],
                    },
                ],
            },
        ],
    };

    public static async Task<int> AddAsync(PulseDbContext db, EditionDocument document, DateOnly? publishedOn = null)
    {
        var edition = new Edition { Month = document.Month, PublishedRevision = 1, PublishedOn = publishedOn, CreatedUtc = DateTime.UtcNow, ChangedUtc = DateTime.UtcNow };
        var json = document.ToJson();
        db.Add(new PublishedEdition
        {
            Edition = edition,
            Month = document.Month,
            Revision = 1,
            PublishedUtc = DateTime.UtcNow,
            Document = json,
            Sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(json))),
        });
        await db.SaveChangesAsync();
        return edition.Id;
    }
}
