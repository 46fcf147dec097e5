using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Subscriptions;

/// <summary>How long what is held about people is kept, in days (<c>Retention</c>); 0 keeps it for good.</summary>
public sealed class RetentionOptions
{
    public const string Section = "Retention";

    /// <summary>Addresses that asked to join and never confirmed.</summary>
    public int UnconfirmedDays { get; set; } = 30;

    /// <summary>Whole addresses of networks in consent records and requests; then the network alone is kept.</summary>
    public int NetworkAddressDays { get; set; } = 30;

    /// <summary>Name, organisation and address of people who left; then a keyed hash of the address is kept.</summary>
    public int LeftDays { get; set; } = 730;

    /// <summary>Addresses in the records of mailings.</summary>
    public int DeliveryAddressDays { get; set; } = 365;

    /// <summary>What people wrote in reply and nobody has dealt with.</summary>
    public int ReplyDays { get; set; } = 90;

    /// <summary>Who of the staff read, exported or erased what about whom.</summary>
    public int ReadDays { get; set; } = 730;

    /// <summary>What else the staff did: publishing, sending, subscribers, settings, accounts, sign-ins. Six years, in which a contract can be sued on.</summary>
    public int AuditDays { get; set; } = 2190;
}

internal sealed class RetentionOptionsValidator : IValidateOptions<RetentionOptions>
{
    public ValidateOptionsResult Validate(string? name, RetentionOptions options)
    {
        // The link of a confirmation mail works for a week.
        if (options.UnconfirmedDays is > 0 and < 8)
            return ValidateOptionsResult.Fail("Retention:UnconfirmedDays must be 8 or more, or 0 for no limit.");
        (string Key, int Days)[] others =
        [
            (nameof(options.UnconfirmedDays), options.UnconfirmedDays), (nameof(options.NetworkAddressDays), options.NetworkAddressDays), (nameof(options.LeftDays), options.LeftDays),
            (nameof(options.DeliveryAddressDays), options.DeliveryAddressDays), (nameof(options.ReadDays), options.ReadDays), (nameof(options.ReplyDays), options.ReplyDays),
            (nameof(options.AuditDays), options.AuditDays),
        ];
        return others.FirstOrDefault(other => other.Days < 0) is { Key: { } key }
            ? ValidateOptionsResult.Fail($"Retention:{key} must be a number of days, or 0 for no limit.")
            : ValidateOptionsResult.Success;
    }
}
