namespace CordisPulse.Core.Accounts;

/// <summary>What was typed for an account is refused. <paramref name="field"/> is the name of the argument that is wrong.</summary>
public sealed class AccountRefusedException(string field, string message) : RefusedException(message)
{
    public string Field { get; } = field;
}
