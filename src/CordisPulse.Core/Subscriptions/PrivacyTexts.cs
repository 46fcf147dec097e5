using System.Security.Cryptography;
using System.Text;
using CordisPulse.Core.Data;
using CordisPulse.Core.Site;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Subscriptions;

/// <summary>The privacy page as it stands, in the form that consent records refer to.</summary>
public sealed class PrivacyTexts(PulseDbContext db, SitePageReader pages, TimeProvider time)
{
    private const string Slug = "privacy";

    /// <summary>Added to the unit of work when nobody has agreed to this text yet; the caller saves.</summary>
    public async Task<PrivacyText> CurrentAsync(CancellationToken cancellationToken = default)
    {
        var text = await pages.ReadAsync(Slug, cancellationToken) ?? throw new InvalidOperationException("There is no privacy page.");
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{text.Title}\0{text.Body}")));
        return await db.PrivacyTexts.SingleOrDefaultAsync(row => row.Sha256 == hash, cancellationToken)
            ?? db.Add(new PrivacyText { Sha256 = hash, Title = text.Title, Body = text.Body, SinceUtc = time.GetUtcNow().UtcDateTime }).Entity;
    }

    /// <summary>The text that was shown to somebody; the one that stands now where none was, or none of that kind is held any more.</summary>
    /// <param name="sha256">As <see cref="PrivacyText.Sha256"/>; null where none was shown.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<PrivacyText> ShownAsync(string? sha256, CancellationToken cancellationToken = default)
        => await db.PrivacyTexts.SingleOrDefaultAsync(row => row.Sha256 == sha256, cancellationToken) ?? await CurrentAsync(cancellationToken);

    /// <summary>As <see cref="CurrentAsync"/>, for a page on which somebody is about to agree to it: saved at once.</summary>
    /// <returns>As <see cref="PrivacyText.Sha256"/>.</returns>
    public Task<string> ShowAsync(CancellationToken cancellationToken = default) => SubscriberRow.FollowingOthersAsync(db, async () =>
    {
        var text = await CurrentAsync(cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return text.Sha256;
    });
}
