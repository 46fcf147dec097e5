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
}
