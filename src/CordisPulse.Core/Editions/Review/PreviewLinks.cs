using CordisPulse.Core.Data;
using CordisPulse.Core.Subscriptions;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Editions.Review;

/// <summary>Makes, lists, opens and takes back the private links to a draft.</summary>
public sealed class PreviewLinks(PulseDbContext db, TimeProvider clock)
{
    /// <summary>After how many days a link may end.</summary>
    public static IReadOnlyList<int> Lifetimes { get; } = [1, 3, 7, 30];

    /// <summary>Opening again within this time is not written down, so that reading costs no write.</summary>
    private static readonly TimeSpan OpenedAgain = TimeSpan.FromMinutes(1);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <returns>The token, which exists nowhere else; null when there is no such edition.</returns>
    public async Task<string?> MakeAsync(MakePreviewLink make, CancellationToken cancellationToken = default)
    {
        if (await db.Editions.Where(edition => edition.Month == make.Month).Select(edition => (int?)edition.Id).SingleOrDefaultAsync(cancellationToken) is not { } editionId)
            return null;
        var token = SecretToken.Create();
        var now = Now;
        db.Add(new PreviewLink
        {
            EditionId = editionId,
            Hash = SecretToken.Hash(token),
            ForWhom = make.ForWhom,
            MadeUtc = now,
            MadeById = make.ById,
            EndsUtc = now.AddDays(make.Days),
        });
        await db.SaveChangesAsync(cancellationToken);
        return token;
    }

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<PreviewLinkRow>> ListAsync(EditionMonth month, CancellationToken cancellationToken = default)
    {
        var now = Now;
        return await db.PreviewLinks
            .Where(link => link.Edition!.Month == month)
            .OrderByDescending(link => link.Id)
            .Select(link => new PreviewLinkRow(
                link.Id, link.ForWhom, link.MadeUtc, db.Users.Where(user => user.Id == link.MadeById).Select(user => user.Email).FirstOrDefault(),
                link.EndsUtc, link.RevokedUtc, link.OpenedUtc, link.RevokedUtc == null && link.EndsUtc > now))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Ends a link at once.</summary>
    /// <exception cref="RefusedException">It works no more.</exception>
    public async Task RevokeAsync(EditionMonth month, int id, CancellationToken cancellationToken = default)
    {
        var now = Now;
        if (await db.PreviewLinks
            .Where(link => link.Id == id && link.Edition!.Month == month && link.RevokedUtc == null && link.EndsUtc > now)
            .ExecuteUpdateAsync(row => row.SetProperty(link => link.RevokedUtc, now), cancellationToken) == 0)
            throw new RefusedException("That link has ended or has been taken back already.");
    }

    /// <summary>Null for a token that was never made, has ended or was taken back: nobody is told which.</summary>
    public async Task<OpenedPreviewLink?> OpenAsync(string token, CancellationToken cancellationToken = default)
    {
        if (SecretToken.Normalize(token) is not { } known)
            return null;
        var hash = SecretToken.Hash(known);
        var now = Now;
        var found = await db.PreviewLinks
            .Where(link => link.Hash == hash && link.RevokedUtc == null && link.EndsUtc > now)
            .Select(link => new { link.Id, link.Edition!.Month, link.EndsUtc, link.OpenedUtc })
            .SingleOrDefaultAsync(cancellationToken);
        if (found is null)
            return null;
        if (found.OpenedUtc is null || found.OpenedUtc < now - OpenedAgain)
            await db.PreviewLinks.Where(link => link.Id == found.Id).ExecuteUpdateAsync(row => row.SetProperty(link => link.OpenedUtc, now), cancellationToken);
        return new OpenedPreviewLink(found.Id, found.Month, found.EndsUtc, known);
    }
}

public sealed record MakePreviewLink
{
    public required EditionMonth Month { get; init; }

    public required string ForWhom { get; init; }

    /// <summary>One of <see cref="PreviewLinks.Lifetimes"/>.</summary>
    public required int Days { get; init; }

    public required int ById { get; init; }
}

/// <param name="MadeBy">Null for an account that is gone.</param>
public sealed record PreviewLinkRow(
    int Id, string ForWhom, DateTime MadeUtc, string? MadeBy, DateTime EndsUtc, DateTime? RevokedUtc, DateTime? OpenedUtc, bool Works);

/// <param name="Token">As it is stored in no place; for the addresses of the page's own forms.</param>
public sealed record OpenedPreviewLink(int Id, EditionMonth Month, DateTime EndsUtc, string Token);
