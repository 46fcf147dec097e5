using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Editions;

/// <summary>The settings under <c>Editions</c>.</summary>
public sealed class EditionOptions
{
    public const string Section = "Editions";

    /// <summary>Publishing needs the approval of a publisher other than whoever saved the edition last.</summary>
    public bool TwoPersonRule { get; set; }

    /// <summary>How long a mail to staff waits where more of the same may follow, so that several comments become one mail.</summary>
    public TimeSpan GatherMailFor { get; set; } = TimeSpan.FromMinutes(5);
}

internal sealed class EditionOptionsValidator : IValidateOptions<EditionOptions>
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    public ValidateOptionsResult Validate(string? name, EditionOptions options)
        => options.GatherMailFor >= TimeSpan.Zero && options.GatherMailFor <= Longest
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"Editions:GatherMailFor is '{options.GatherMailFor}'; it must be from 00:00:00 to 01:00:00.");
}
