using System.ComponentModel.DataAnnotations;
using CordisPulse.Core.Accounts;

namespace CordisPulse.Web.Areas.Editor.Accounts;

public sealed class AddPersonForm
{
    [Required(ErrorMessage = "Enter the person's e-mail address.")]
    [StringLength(Account.EmailLength, ErrorMessage = "That is too long for an e-mail address.")]
    public string? Email { get; set; }

    [Required(ErrorMessage = "Choose a role.")]
    public string? Role { get; set; } = Roles.Editor;
}

public sealed record AccountsPage(IReadOnlyList<AccountRow> Accounts, AddPersonForm Add);

/// <param name="IsSelf">The account of whoever looks at the page.</param>
public sealed record AccountPage(AccountRow Account, bool IsSelf);

/// <summary>A set-up link, shown this once.</summary>
public sealed record SetUpLinkPage(string Email, string Link, bool IsNew);
