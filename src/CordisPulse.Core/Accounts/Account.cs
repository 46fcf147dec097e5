using Microsoft.AspNetCore.Identity;

namespace CordisPulse.Core.Accounts;

/// <summary>A member of staff.</summary>
public sealed class Account : IdentityUser<int>
{
    public DateTime CreatedUtc { get; set; }
}

/// <summary>The three roles. Each higher one includes those before it.</summary>
public static class Roles
{
    /// <summary>Drafts editions.</summary>
    public const string Editor = "Editor";

    /// <summary>Publishes, sends, and looks after subscribers.</summary>
    public const string Publisher = "Publisher";

    /// <summary>Accounts, sectors and sections, settings.</summary>
    public const string Administrator = "Administrator";

    public static IReadOnlyList<string> All { get; } = [Editor, Publisher, Administrator];
}
