using CordisPulse.Core.Editions.Links;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CordisPulse.Core.Data.Configurations;

internal sealed class PublishedLinkConfiguration : IEntityTypeConfiguration<PublishedLink>, IEntityTypeConfiguration<PublishedLinkPlace>
{
    /// <summary>A name in the DNS with a port.</summary>
    private const int Host = 260;

    public void Configure(EntityTypeBuilder<PublishedLink> builder)
    {
        builder.Property(link => link.UrlSha256).HasMaxLength(Limits.Sha256);
        builder.Property(link => link.Url).HasMaxLength(Limits.Url);
        builder.Property(link => link.Host).HasMaxLength(Host);
        builder.Property(link => link.State).HasConversion<string>().HasMaxLength(20);
        builder.Property(link => link.Problem).HasMaxLength(Limits.Note);
        builder.Property(link => link.MovedTo).HasMaxLength(Limits.Url);
        builder.HasIndex(link => link.UrlSha256).IsUnique();
        builder.HasIndex(link => link.NextLookUtc);
        builder.HasIndex(link => link.LookedUtc);
        builder.HasIndex(link => new { link.Host, link.LookedUtc });
        builder.HasIndex(link => new { link.GoneUtc, link.Id });
    }

    public void Configure(EntityTypeBuilder<PublishedLinkPlace> builder)
    {
        builder.Property(place => place.Place).HasConversion<string>().HasMaxLength(20);
        builder.Property(place => place.Title).HasMaxLength(Limits.Title);
        builder.HasOne(place => place.Link).WithMany(link => link.Places).HasForeignKey(place => place.LinkId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(place => place.PublishedEdition).WithMany().HasForeignKey(place => place.PublishedEditionId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(place => new { place.PublishedEditionId, place.LinkId, place.Place, place.TextId, place.IsWithin }).IsUnique();
    }
}
