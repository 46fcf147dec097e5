using System.ComponentModel.DataAnnotations;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Data;

namespace CordisPulse.Web.Areas.Editor.SetUp;

public sealed class SetUpForm : IValidatableObject
{
    /// <summary>Asked of the first administrator alone.</summary>
    [StringLength(Account.EmailLength, ErrorMessage = "That is too long for an e-mail address.")]
    public string? Email { get; set; }

    [Required(ErrorMessage = "Choose a password.")]
    [StringLength(Limits.Line, ErrorMessage = "That is too long for a password: 300 characters at most.")]
    public string? Password { get; set; }

    [Required(ErrorMessage = "Type the password again.")]
    public string? PasswordAgain { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Password != PasswordAgain)
            yield return new ValidationResult("The two passwords are not the same.", [nameof(PasswordAgain)]);
    }
}

/// <param name="AccountEmail">Whose password is chosen; null for the first administrator.</param>
public sealed record SetUpPage(string? AccountEmail, SetUpForm Form);
