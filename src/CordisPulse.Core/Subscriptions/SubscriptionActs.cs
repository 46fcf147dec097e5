namespace CordisPulse.Core.Subscriptions;

/// <summary>The person follows the link that was mailed to them.</summary>
public sealed record ConfirmSubscription
{
    public required string Token { get; init; }

    /// <summary>As <see cref="NetworkAddress.Of"/> has it.</summary>
    public string? Network { get; init; }
}

public enum ConfirmationOutcome
{
    Confirmed,
    Used,
    Ended,
    Unknown,
}

/// <summary>Whoever holds the token of a person's mails does something that it is good for. Digests are forwarded, so that need not be the person.</summary>
public sealed record ActWithToken
{
    public required string Token { get; init; }

    /// <summary>One of <see cref="Ways"/>.</summary>
    public required string Way { get; init; }

    /// <summary>As <see cref="NetworkAddress.Of"/> has it.</summary>
    public string? Network { get; init; }
}

/// <summary>Why somebody left: what the page offers.</summary>
public enum LeavingReason
{
    TooMuchMail,
    NotWhatIExpected,
    ChangedJob,
    ReadElsewhere,
    Other,
}

public static class LeavingReasons
{
    /// <summary>As the page shows it and the record keeps it.</summary>
    public static string InWords(this LeavingReason reason) => reason switch
    {
        LeavingReason.TooMuchMail => "I get too much e-mail",
        LeavingReason.NotWhatIExpected => "It is not what I expected",
        LeavingReason.ChangedJob => "I have changed jobs",
        LeavingReason.ReadElsewhere => "I read it on the web, or a colleague passes it on",
        _ => "Another reason",
    };
}

/// <summary>Staff take somebody off the list on their request.</summary>
public sealed record UnsubscribeOnRequest
{
    public required int SubscriberId { get; init; }

    /// <summary>How they asked.</summary>
    public required string Note { get; init; }

    public required int AccountId { get; init; }
}

/// <summary>People whom there is a ground to mail are put on the list.</summary>
public sealed record AddSubscribers
{
    public required IReadOnlyList<NewSubscriber> People { get; init; }

    public required StatedBasis Basis { get; init; }

    /// <summary>Keys of the sectors that they get, unless more is said of one of them; none, or all there are, for everything.</summary>
    public IReadOnlyCollection<int> SectorIds { get; init; } = [];

    /// <summary>One of <see cref="Ways"/>.</summary>
    public required string Way { get; init; }

    public int? AccountId { get; init; }
}

/// <param name="Sectors">As <see cref="Subscriber.Sectors"/> has it; null where nothing is said of them.</param>
public sealed record NewSubscriber(EmailAddress Address, string? Name, string? Organisation, string? Sectors = null);

/// <summary>Staff change what is held about somebody, at their request.</summary>
public sealed record EditSubscriber
{
    public required int SubscriberId { get; init; }

    public required EmailAddress Address { get; init; }

    public string? Name { get; init; }

    public string? Organisation { get; init; }

    /// <summary>Keys; none, or all there are, for everything.</summary>
    public required IReadOnlyCollection<int> SectorIds { get; init; }

    /// <summary>Who asked for it, or where it is from.</summary>
    public required string Note { get; init; }

    public required int AccountId { get; init; }
}

/// <summary>Staff see to it that an address is never mailed.</summary>
public sealed record SuppressSubscriber
{
    public required int SubscriberId { get; init; }

    public required SuppressionReason Reason { get; init; }

    public required string Note { get; init; }

    public required int AccountId { get; init; }
}

/// <summary>Two rows are one person.</summary>
public sealed record MergeSubscribers
{
    /// <summary>Goes on.</summary>
    public required int KeptId { get; init; }

    /// <summary>Is emptied.</summary>
    public required int GoneId { get; init; }

    public required int AccountId { get; init; }
}

public enum AddOutcome
{
    Added,
    AlreadyThere,

    /// <summary>Left, bounced, complained or erased: stays off the list.</summary>
    Suppressed,
}

/// <summary>By which way an act came: the words of <see cref="ConsentRecord.Way"/>.</summary>
public static class Ways
{
    public const string Page = "page";
    public const string OneClick = "one-click";
    public const string Csv = "csv";
    public const string Desk = "desk";

    /// <summary>What the mail server answered to a message.</summary>
    public const string Mail = "mail";

    /// <summary>The page on what is held, which opens by a link that is mailed to the address.</summary>
    public const string OwnData = "own data";

    /// <summary>What the settings and staff's choices bring about by themselves.</summary>
    public const string Upkeep = "upkeep";

    /// <summary>A mail to the address that the header of each mail names for leaving.</summary>
    public const string Mailto = "mailto";

    /// <summary>A mail that came back, or a report that somebody had called one unwanted.</summary>
    public const string Returned = "returned";
}

/// <summary>What people are told when they join; the page shows it and the consent record keeps it.</summary>
public static class ConsentWords
{
    public const string Joining = "One e-mail a month, and nothing else. Every e-mail has a link to leave with one click.";
    public const string Confirming = "Confirmed with the link that was mailed to the address.";
    public const string Leaving = "Left.";
    public const string ComingBack = "Came back after leaving.";
    public const string Keeping = "Yes, keep sending it.";
}
