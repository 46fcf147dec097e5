using CordisPulse.Core.Site;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CordisPulse.Core.Data.Configurations;

internal sealed class SiteConfiguration : IEntityTypeConfiguration<PublisherDetails>, IEntityTypeConfiguration<SitePage>
{
    public void Configure(EntityTypeBuilder<PublisherDetails> builder)
    {
        builder.Property(details => details.Id).ValueGeneratedNever();
        builder.Property(details => details.Name).HasMaxLength(Limits.Name);
        builder.Property(details => details.PostalAddress).HasMaxLength(Limits.Line);
        builder.Property(details => details.Telephone).HasMaxLength(Limits.Name);
        builder.Property(details => details.Email).HasMaxLength(Limits.Email);
        builder.Property(details => details.Website).HasMaxLength(Limits.Url);
        builder.OwnsMany(details => details.SocialLinks, links => links.ToJson());
    }

    public void Configure(EntityTypeBuilder<SitePage> builder)
    {
        builder.Property(page => page.Slug).HasMaxLength(Limits.Slug);
        builder.Property(page => page.Title).HasMaxLength(Limits.Title);
        builder.HasIndex(page => page.Slug).IsUnique();
    }
}
