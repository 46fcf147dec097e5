using CordisPulse.Core.Subscriptions;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace CordisPulse.Web.Features.YourData;

/// <summary>What every form of the page holds in place of an address that could be read over a shoulder or found in a history.</summary>
public class YourDataForm
{
    public string? Page { get; set; }
}

public sealed class NameForm : YourDataForm
{
    public string? Name { get; set; }

    public string? Organisation { get; set; }
}

public sealed class AddressForm : YourDataForm, IAddressForm
{
    public string? Email
    {
        get => string.IsNullOrEmpty(Use) ? field : Use;
        set;
    }

    public string? Use { get; set; }

    public string? Sure { get; set; }

    [BindNever]
    public AddressDoubt? Doubt { get; set; }
}

public sealed class EraseForm : YourDataForm
{
    public bool Sure { get; set; }
}

public sealed class AskForm
{
    public string? Email { get; set; }
}
