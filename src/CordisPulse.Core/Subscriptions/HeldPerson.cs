using CordisPulse.Core.Mail.Returns;
using CordisPulse.Core.Mailings;

namespace CordisPulse.Core.Subscriptions;

/// <param name="Number">Of the row that it is about: the person's own, or one that they took over.</param>
public sealed record HeldConsent(
    int Number, ConsentEvent Event, DateTime At, string Words, string Way, bool ByStaff, string? Network, int? SecondsSinceMail, int? PrivacyText, HeldBasis? Basis);

public sealed record HeldBasis(ConsentGround Ground, string ObtainedFrom, DateOnly? ObtainedOn, string? Told, string? Assessment);

public sealed record HeldPrivacyText(int Version, string Title, string Body);

public sealed record HeldDelivery(string Edition, MailingKind Kind, DeliveryState State, DateTime? At, string? Address, int? Code, string? Answer);

public sealed record HeldMail(string Kind, DateTime Asked, DateTime? Sent, string? Answer);

/// <param name="Email">The address that was named.</param>
/// <param name="Network">Null also where another subscriber asked to be written to at this person's address: that is theirs.</param>
public sealed record HeldRequest(
    AddressRequestKind Kind, DateTime Asked, DateTime? Settled, string Email, string? Name, string? Organisation, IReadOnlyList<string> Sectors, string? Network, int? PrivacyText);

/// <param name="From">Null, as the subject is, once somebody has dealt with it.</param>
public sealed record HeldReply(DateTime Received, bool AsksToLeave, string? From, string? Subject, DateTime? Handled);

/// <param name="Edition">Of the mail that came back; null of a single mail, and where it proves none.</param>
public sealed record HeldReturn(DateTime Received, ReturnKind Kind, BounceVerdict? Verdict, string? Status, int? Code, string? Text, string? Edition);

public sealed record HeldReading(DateTime At, string Act);

public sealed record HeldSuppression(SuppressionReason Reason, DateTime Since);

/// <summary>All that is held about one person: article 15 and 20 of the UK GDPR.</summary>
public sealed record HeldPerson
{
    public required int Number { get; init; }

    /// <summary>Of rows that this person took over; what happened under them is here too.</summary>
    public required IReadOnlyList<int> TakenOver { get; init; }

    public required string? Email { get; init; }

    public required string? Name { get; init; }

    public required string? Organisation { get; init; }

    public required SubscriberStatus Status { get; init; }

    /// <summary>Names of sectors; none for all.</summary>
    public required IReadOnlyList<string> Sectors { get; init; }

    public required DateTime? PausedUntil { get; init; }

    public required DateTime KnownSince { get; init; }

    public required DateTime? Confirmed { get; init; }

    public required DateTime? Left { get; init; }

    public required HeldSuppression? Suppression { get; init; }

    public required IReadOnlyList<HeldConsent> Consent { get; init; }

    public required IReadOnlyList<HeldPrivacyText> PrivacyTexts { get; init; }

    public required IReadOnlyList<HeldDelivery> Editions { get; init; }

    public required IReadOnlyList<HeldMail> OtherMails { get; init; }

    /// <summary>What was asked for by naming an address, as far as it is still kept.</summary>
    public required IReadOnlyList<HeldRequest> Requests { get; init; }

    public required IReadOnlyList<HeldReply> Replies { get; init; }

    public required IReadOnlyList<HeldReturn> CameBack { get; init; }

    public required IReadOnlyList<HeldReading> ReadByStaff { get; init; }
}
