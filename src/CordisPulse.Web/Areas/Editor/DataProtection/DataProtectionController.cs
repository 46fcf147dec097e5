using System.Globalization;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor.DataProtection;

/// <summary>For whoever answers for data protection: what is held, why, how long, and who has seen it.</summary>
[Authorize(Policies.Publishes)]
[Route("/editor/data-protection")]
public sealed class DataProtectionController(DataProtectionView view, StaffReadings readings, SubscriberDirectory directory) : EditorController
{
    [HttpGet("")]
    public async Task<IActionResult> Show(ReadingFilter filter, CancellationToken cancellationToken)
    {
        var page = new DataProtectionPage(await view.ReadAsync(cancellationToken), filter, null, await readings.AccountsAsync(cancellationToken));
        return ModelState.IsValid
            ? View(nameof(Show), page with { Readings = await readings.ListAsync(filter.ToQuery(), cancellationToken) })
            : Rejected(nameof(Show), page);
    }

    /// <summary>Posted, so that the address of a person does not stand in that of the page, which has their number.</summary>
    [HttpPost("")]
    public async Task<IActionResult> Find(FindReadings find, CancellationToken cancellationToken)
    {
        var filter = new ReadingFilter { Account = find.Account, Act = find.Act };
        if (!string.IsNullOrWhiteSpace(find.Person) && (filter.Person = await NumberAsync(find.Person.Trim(), cancellationToken)) is null)
            ModelState.AddModelError(nameof(find.Person), "Nobody is held with this number or address. Of somebody who was erased, give the number.");
        return ModelState.IsValid ? LocalRedirect(filter.AddressOf(before: null)) : await Show(filter, cancellationToken);
    }

    private async Task<int?> NumberAsync(string person, CancellationToken cancellationToken)
    {
        if (int.TryParse(person, CultureInfo.InvariantCulture, out var number))
            return number;
        return EmailAddress.TryParse(person, out var address, out _) ? await directory.NumberAtAsync(address, cancellationToken) : null;
    }
}
