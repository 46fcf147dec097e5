namespace CordisPulse.Core.Subscriptions;

/// <summary>Somebody asks on the web page to join. Nothing tells that it is the person whose address it is.</summary>
public sealed record RequestSubscription
{
    public required EmailAddress Address { get; init; }

    public string? Name { get; init; }

    public string? Organisation { get; init; }
}

/// <summary>The person follows the link that was mailed to them.</summary>
public sealed record ConfirmSubscription
{
    public required string Token { get; init; }
}

public enum ConfirmationOutcome
{
    Confirmed,
    Used,
    Ended,
    Unknown,
}

/// <summary>Whoever holds the person's token leaves, or comes back after a slip.</summary>
public sealed record ActWithToken
{
    public required string Token { get; init; }

    /// <summary>One of <see cref="Ways"/>.</summary>
    public required string Way { get; init; }
}

/// <summary>Somebody who lost the link asks for it.</summary>
public sealed record RequestUnsubscribeLink
{
    public required EmailAddress Address { get; init; }
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

    /// <summary>One of <see cref="Ways"/>.</summary>
    public required string Way { get; init; }

    public int? AccountId { get; init; }
}

/// <param name="Sectors">As <see cref="Subscriber.Sectors"/> has it; null where nothing is said of them.</param>
public sealed record NewSubscriber(EmailAddress Address, string? Name, string? Organisation, string? Sectors = null);

/// <summary>Staff note what of each edition somebody wants.</summary>
public sealed record ChooseSectors
{
    public required int SubscriberId { get; init; }

    /// <summary>Keys; none, or all there are, for everything.</summary>
    public required IReadOnlyCollection<int> SectorIds { get; init; }
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
}
