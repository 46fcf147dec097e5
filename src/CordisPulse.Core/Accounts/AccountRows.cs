namespace CordisPulse.Core.Accounts;

/// <summary>One member of staff in the list of accounts.</summary>
/// <param name="Role">Null for an account that has lost its role.</param>
/// <param name="HasPassword">False until the set-up link has been used.</param>
/// <param name="HasSecondFactor">Signs in with a code beside the password.</param>
public sealed record AccountRow(int Id, string Email, string? Role, bool HasPassword, bool HasSecondFactor, DateTimeOffset? LockoutEnd)
{
    public bool IsDisabled => LockoutEnd == Account.Never;
}

public sealed record AddAccount
{
    public required string Email { get; init; }

    public required string Role { get; init; }

    /// <summary>Null to let the person choose it by a link.</summary>
    public string? Password { get; init; }
}

/// <param name="SetUpToken">For the link by which the person chooses a password; null when it was given.</param>
public sealed record AddedAccount(int Id, string Email, string? SetUpToken);
