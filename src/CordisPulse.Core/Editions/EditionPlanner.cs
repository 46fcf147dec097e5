using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Editions;

public sealed record PlanEdition
{
    public required EditionMonth Month { get; init; }

    /// <summary>Null for none.</summary>
    public required DateOnly? DueOn { get; init; }
}

/// <summary>Says by when an edition is to be ready. That is no text of it: it has no revisions and is in nobody's way.</summary>
public sealed class EditionPlanner(PulseDbContext db)
{
    /// <returns>False when there is no such edition.</returns>
    public async Task<bool> PlanAsync(PlanEdition plan, CancellationToken cancellationToken = default)
        => await db.Editions.Where(edition => edition.Month == plan.Month)
            .ExecuteUpdateAsync(row => row.SetProperty(edition => edition.DueOn, plan.DueOn), cancellationToken) == 1;
}
