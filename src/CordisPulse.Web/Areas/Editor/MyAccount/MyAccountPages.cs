using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Data;
using OtpNet;
using QRCoder;

namespace CordisPulse.Web.Areas.Editor.MyAccount;

public sealed class SecondFactorForm
{
    /// <summary>The new key, sealed.</summary>
    public string? Key { get; set; }

    [StringLength(Limits.Line, ErrorMessage = "That is too long for a code.")]
    public string? Code { get; set; }

    [StringLength(Limits.Line, ErrorMessage = "That is too long for a password.")]
    public string? Password { get; set; }
}

public sealed class PasswordForm
{
    [StringLength(Limits.Line, ErrorMessage = "That is too long for a password.")]
    public string? Password { get; set; }

    [Required(ErrorMessage = "Enter a new password.")]
    [StringLength(Limits.Line, ErrorMessage = "That is too long for a password.")]
    public string? NewPassword { get; set; }

    [Compare(nameof(NewPassword), ErrorMessage = "The two passwords are not the same.")]
    public string? NewPasswordAgain { get; set; }
}

/// <param name="New">A key for an app to read; null while there is a second factor.</param>
public sealed record MyAccountPage(string Email, SecondFactor Factor, AuthenticatorKey? New, SecondFactorForm Form)
{
    /// <summary>Empty whenever the page is shown: no page holds a password.</summary>
    public PasswordForm Change { get; } = new();
}

public sealed record RecoveryCodesPage(string Title, IReadOnlyList<string> Codes);

/// <summary>A key of an authenticator app, as it is read off a page.</summary>
/// <param name="Key">In base32.</param>
public sealed record AuthenticatorKey(string Key, string Issuer, string Email)
{
    /// <summary>What the picture says to the app.</summary>
    public string Address => new OtpUri(OtpType.Totp, Key, Email, Issuer).ToString();

    /// <summary>In fours, for whoever types it.</summary>
    public string InFours => string.Join(' ', Key.Chunk(4).Select(four => new string(four)));

    /// <summary>A QR code with the quiet zone around it (ISO/IEC 18004), as a path of squares.</summary>
    public (int Size, string Path) Picture()
    {
        using var data = QRCodeGenerator.GenerateQrCode(Address, QRCodeGenerator.ECCLevel.M);
        var path = new StringBuilder();
        for (var y = 0; y < data.ModuleMatrix.Count; y++)
            for (var x = 0; x < data.ModuleMatrix[y].Length; x++)
                if (data.ModuleMatrix[y][x])
                    path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
        return (data.ModuleMatrix.Count, path.ToString());
    }
}
