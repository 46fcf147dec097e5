namespace CordisPulse.Core.Subscriptions;

/// <summary>
/// What may be wrong with an address that is right in form, for whoever typed it: asked once, never a reason to refuse, since people do have
/// odd addresses.
/// </summary>
/// <param name="Words">A question and what it is about.</param>
/// <param name="Meant">The whole address as it was probably meant; null where there is nothing to offer.</param>
public sealed record AddressDoubt(string Words, string? Meant)
{
    /// <summary>Null when nothing looks wrong.</summary>
    public static AddressDoubt? Of(EmailAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var plain = LookAlikes.InPlainLetters(address);
        var meant = MisspeltDomains.Suggest(plain ?? address) ?? plain?.Address;
        var about = plain is null && meant is not null ? "Its end looks like a slip of the pen." : LookAlikes.Warning(address);
        return about is null ? null : new AddressDoubt($"Is the address right? {about}", meant);
    }
}
