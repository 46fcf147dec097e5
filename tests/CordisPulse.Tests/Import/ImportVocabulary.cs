using CordisPulse.Core.Import;

namespace CordisPulse.Tests.Import;

/// <summary>A catalogue as an installation has it.</summary>
internal static class ImportVocabulary
{
    public static Vocabulary Full { get; } = new()
    {
        Sectors =
        [
            new("adult-social-care-and-health", "Adult Social Care and Health", ["Adult Social Care", "Health and Social Care"]),
            new("children-and-young-peoples-services", "Children and Young People's Services", ["Children's Services"]),
            new("criminal-justice", "Criminal Justice"),
        ],
        Sections = [new("reports", "Reports"), new("briefings", "Briefings", ["Briefing Papers"]), new("tools-and-guidance", "Tools and Guidance", ["Tools", "Guidance"])],
        Sources =
        [
            new("health-foundation", "The Health Foundation"),
            new("nspcc", "NSPCC", ["National Society for the Prevention of Cruelty to Children"]),
            new("probation-service", "Probation Service"),
            new("national-crime-agency", "National Crime Agency", ["NCA"]),
            new("kings-fund", "The King's Fund", ["King's Fund"]),
            new("ofsted", "Ofsted"),
        ],
        PublisherNames = ["Cordis Bright"],
        DigestNames = ["CordisPulse", "Cordis Pulse", "The Pulse"],
    };

    public static Vocabulary WithoutSources { get; } = Full with { Sources = [] };
}
