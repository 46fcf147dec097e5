using System.Globalization;
using CordisPulse.Core.Mail;

namespace CordisPulse.Core.Mailings;

/// <summary>Has the number of recipients typed before a mailing starts to many.</summary>
internal static class RecipientConfirmation
{
    /// <param name="options">Which say how many are many.</param>
    /// <param name="recipients">So many it goes to.</param>
    /// <param name="typed">As it came from the form.</param>
    /// <param name="field">What the form calls it.</param>
    /// <exception cref="FieldRefusedException">There are many, and it is another number.</exception>
    public static void Refuse(MailOptions options, int recipients, string? typed, string field)
    {
        if (recipients <= options.ConfirmAbove)
            return;
        if (!int.TryParse(typed?.Trim(), NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number) || number != recipients)
            throw new FieldRefusedException(field, string.Create(CultureInfo.InvariantCulture, $"This goes to {recipients:N0} recipients now. Type that number to confirm it."));
    }
}
