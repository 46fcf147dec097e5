using CordisPulse.Core.Subscriptions;

namespace CordisPulse.Web.Features.YourData;

/// <param name="Page">The token of the page, for its forms.</param>
/// <param name="Said">What was done last.</param>
public sealed record YourDataPage(string Page, HeldPerson Person, string? Said, DataContactView Contact)
{
    /// <summary>The name and organisation that were typed and refused; null where none were.</summary>
    public NameForm? Typed { get; init; }

    /// <summary>The new address that was typed and refused, or is asked about; null where none was.</summary>
    public AddressForm? NewAddress { get; init; }
}

/// <param name="Email">What was typed and refused; null where nothing was.</param>
public sealed record AskPage(string? Email, DataContactView Contact);

/// <param name="Token">Of the links in the person's mails.</param>
/// <param name="IsMerged">Whether the address was on the list already.</param>
public sealed record AddressConfirmedPage(string Token, TokenHolder Holder, SectorNames Sectors, bool IsMerged)
{
    public string SectorsInWords => Sectors.Write(WantedSectors.Write(Holder.Sectors)) is { Length: > 0 } names ? names : "all sectors";
}
