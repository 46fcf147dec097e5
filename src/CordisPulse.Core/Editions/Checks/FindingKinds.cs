namespace CordisPulse.Core.Editions.Checks;

/// <summary>The names that commands and JSON use.</summary>
public static class FindingKinds
{
    public const string EditionEmpty = "edition-empty";
    public const string LinkMissing = "link-missing";
    public const string LinkPlaceholder = "link-placeholder";
    public const string LinkInvalid = "link-invalid";
    public const string TitleMissing = "title-missing";
    public const string SummaryMissing = "summary-missing";
    public const string SectionMissing = "section-missing";
    public const string CrossReferenceMissing = "crossreference-missing";
    public const string Embargo = "embargo";
    public const string SourceMissing = "source-missing";
    public const string TitleAddress = "title-address";
    public const string SourceAddress = "source-address";
    public const string DuplicateLink = "duplicate-link";
    public const string DuplicateTitle = "duplicate-title";
    public const string LinkText = "link-text";
    public const string LinkDead = "link-dead";
    public const string LinkMoved = "link-moved";
    public const string LinkTitle = "link-title";
    public const string DeadlinePast = "deadline-past";
    public const string SummaryLong = "summary-long";
    public const string MailSize = "mail-size";
    public const string MonthMismatch = "month-mismatch";
    public const string NumberBare = "number-bare";
    public const string AcronymUnexplained = "acronym-unexplained";
    public const string QuotationOpen = "quotation-open";
    public const string StrayCharacters = "stray-characters";
    public const string DuplicateSentence = "duplicate-sentence";
    public const string EventPast = "event-past";
    public const string ContactUnknown = "contact-unknown";
    public const string TextPlain = "text-plain";

    public static IReadOnlyList<string> All { get; } =
    [
        EditionEmpty, LinkMissing, LinkPlaceholder, LinkInvalid, TitleMissing, SummaryMissing, SectionMissing, CrossReferenceMissing, Embargo,
        SourceMissing, TitleAddress, SourceAddress, DuplicateLink, DuplicateTitle, LinkText, LinkDead, LinkMoved, LinkTitle, DeadlinePast, SummaryLong, MailSize,
        MonthMismatch, NumberBare, AcronymUnexplained, QuotationOpen, StrayCharacters, DuplicateSentence, EventPast, ContactUnknown, TextPlain,
    ];

    /// <summary>What everybody knows of a text that is just being begun.</summary>
    internal static IReadOnlyList<string> OfNewTexts { get; } = [LinkMissing, TitleMissing, SummaryMissing, SourceMissing];
}
