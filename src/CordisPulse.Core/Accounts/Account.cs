using CordisPulse.Core.Mail;
using Microsoft.AspNetCore.Identity;

namespace CordisPulse.Core.Accounts;

/// <summary>A member of staff.</summary>
public sealed class Account : IdentityUser<int>
{
    /// <summary>Until when a disabled account is locked out.</summary>
    public static readonly DateTimeOffset Never = DateTimeOffset.MaxValue;

    /// <summary>Length of the address: Identity's own column.</summary>
    public const int EmailLength = 256;

    public DateTime CreatedUtc { get; set; }

    /// <summary>Kinds of mail that this person has chosen, a bit for each <see cref="QueuedMailKind"/>; null for whoever has not chosen.</summary>
    public int? ChosenMail { get; set; }

    /// <summary>True when an administrator has closed it, as against the short lock-out after wrong passwords.</summary>
    public bool IsDisabled => LockoutEnd == Never;
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
