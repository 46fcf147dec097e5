using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Mailings;

/// <summary>Empties what the ledger holds of a person; their number, the outcome and its code stay.</summary>
internal static class DeliveryAddresses
{
    /// <param name="deliveries">Whose addresses are to go.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static Task<int> EmptyAsync(IQueryable<Delivery> deliveries, CancellationToken cancellationToken)
        => deliveries.ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.Address, "")
                .SetProperty(row => row.Name, (string?)null)
                // A server's answer can quote the address.
                .SetProperty(row => row.Answer, row => row.Answer!.Contains('@') ? null : row.Answer),
            cancellationToken);
}
