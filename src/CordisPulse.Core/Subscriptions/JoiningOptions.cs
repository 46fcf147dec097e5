using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Subscriptions;

/// <summary>What keeps programs from filling other people's inboxes by way of the subscribe form (<c>Joining</c>).</summary>
public sealed class JoiningOptions
{
    public const string Section = "Joining";

    /// <summary>Nobody fills in the form faster; programs do.</summary>
    public TimeSpan MinimumTime { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Requests a minute that one network may make.</summary>
    public int RequestsPerNetworkPerMinute { get; set; } = 10;

    /// <summary>Mails of one kind a day that anybody can have sent to one address.</summary>
    public int MailsPerAddressPerDay { get; set; } = 5;
}

internal sealed class JoiningOptionsValidator : IValidateOptions<JoiningOptions>
{
    private static readonly TimeSpan LongestMinimum = TimeSpan.FromMinutes(1);

    public ValidateOptionsResult Validate(string? name, JoiningOptions options)
    {
        if (options.MinimumTime < TimeSpan.Zero || options.MinimumTime > LongestMinimum)
            return ValidateOptionsResult.Fail("Joining:MinimumTime must be between 00:00:00 and 00:01:00.");
        if (options.RequestsPerNetworkPerMinute < 1)
            return ValidateOptionsResult.Fail("Joining:RequestsPerNetworkPerMinute must be 1 or more.");
        return options.MailsPerAddressPerDay < 1
            ? ValidateOptionsResult.Fail("Joining:MailsPerAddressPerDay must be 1 or more.")
            : ValidateOptionsResult.Success;
    }
}
