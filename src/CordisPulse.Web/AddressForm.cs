using CordisPulse.Core.Subscriptions;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace CordisPulse.Web;

/// <summary>
/// A form that takes an address and asks once about one that may be a slip: it comes again with what was probably meant on a button, and
/// what was typed is taken when it is sent again.
/// </summary>
public interface IAddressForm
{
    /// <summary>What was typed, or what was offered once its button was pressed.</summary>
    string? Email { get; }

    /// <summary>The address that was offered, when its button was pressed.</summary>
    string? Use { get; }

    /// <summary>The address that somebody was asked about and keeps.</summary>
    string? Sure { get; }

    /// <summary>What they are to be asked; null where nothing looks wrong.</summary>
    AddressDoubt? Doubt { get; set; }
}

/// <param name="Prefix">Of the names of the form's fields, with its dot; empty for none.</param>
/// <param name="Button">What the form's own button says.</param>
public sealed record AddressQuestion(IAddressForm Form, string Prefix, string Button);

internal static class AddressForms
{
    /// <summary>Whether somebody has to be asked first; the question then stands at the field.</summary>
    /// <param name="field">Name of the address's field.</param>
    public static bool Asks(this ModelStateDictionary state, IAddressForm form, string field)
    {
        if (!state.IsValid || form.Sure == form.Email || !EmailAddress.TryParse(form.Email, out var address, out _) || AddressDoubt.Of(address) is not { } doubt)
            return false;
        form.Doubt = doubt;
        state.AddModelError(field, doubt.Words);
        return true;
    }

    /// <summary>The field shows the address that was offered, once it was taken.</summary>
    public static void ShowUsed(this ModelStateDictionary state, IAddressForm form, string field)
    {
        if (!string.IsNullOrEmpty(form.Use) && state.ContainsKey(field))
            state.SetModelValue(field, form.Email, form.Email);
    }
}
