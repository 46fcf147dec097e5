namespace CordisPulse.Core.Accounts;

/// <summary>The settings under <c>Accounts</c>.</summary>
public sealed class AccountOptions
{
    public const string Section = "Accounts";

    /// <summary>Whoever it names works only once they have a second factor beside the password.</summary>
    public SecondFactorDemand RequireSecondFactor { get; set; }
}

public enum SecondFactorDemand
{
    None,
    Administrators,
    Everyone,
}
