using CordisPulse.Core.Editions.Links;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CordisPulse.Core.Data.Configurations;

internal sealed class LinkLookConfiguration : IEntityTypeConfiguration<LinkLook>
{
    /// <summary>Several titles of a page.</summary>
    private const int Titles = 4000;

    public void Configure(EntityTypeBuilder<LinkLook> builder)
    {
        builder.Property(look => look.UrlSha256).HasMaxLength(Limits.Sha256);
        builder.Property(look => look.Url).HasMaxLength(Limits.Url);
        builder.Property(look => look.State).HasConversion<string>().HasMaxLength(20);
        builder.Property(look => look.Problem).HasMaxLength(Limits.Note);
        builder.Property(look => look.Titles).HasMaxLength(Titles);
        builder.Property(look => look.MovedTo).HasMaxLength(Limits.Url);
        builder.HasIndex(look => look.UrlSha256).IsUnique();
        builder.HasIndex(look => look.NextLookUtc);
    }
}
