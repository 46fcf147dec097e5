using System.ComponentModel.DataAnnotations;
using CordisPulse.Core.Data;

namespace CordisPulse.Web.Areas.Editor.SignIn;

public sealed class SignInForm
{
    [Required(ErrorMessage = "Enter your e-mail address.")]
    [StringLength(Limits.Email, ErrorMessage = "That is too long for an e-mail address.")]
    public string? Email { get; set; }

    [Required(ErrorMessage = "Enter your password.")]
    [StringLength(Limits.Line, ErrorMessage = "That is too long for a password.")]
    public string? Password { get; set; }

    /// <summary>The page that asked for the sign-in.</summary>
    public string? ReturnTo { get; set; }

    /// <summary>What was sent to that page, sealed: see <see cref="HeldForms"/>.</summary>
    public string? Held { get; set; }

    /// <summary>Whether a file was sent with it, which is not held.</summary>
    public bool HadFile { get; set; }
}

/// <summary>The second step, for an account with a second factor.</summary>
public sealed class CodeForm
{
    [Required(ErrorMessage = "Enter the code that your app shows.")]
    [StringLength(Limits.Line, ErrorMessage = "That is too long for a code.")]
    public string? Code { get; set; }

    /// <inheritdoc cref="SignInForm.ReturnTo"/>
    public string? ReturnTo { get; set; }

    /// <inheritdoc cref="SignInForm.Held"/>
    public string? Held { get; set; }
}
