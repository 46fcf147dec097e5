using CordisPulse.Core.Feeds;
using CordisPulse.Core.Outbound;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CordisPulse.Core.Data.Configurations;

internal sealed class FeedConfiguration :
    IEntityTypeConfiguration<SourceFeed>,
    IEntityTypeConfiguration<FeedEntry>,
    IEntityTypeConfiguration<HostVisit>
{
    public void Configure(EntityTypeBuilder<SourceFeed> builder)
    {
        builder.Property(feed => feed.Address).HasMaxLength(Limits.Url);
        builder.Property(feed => feed.MovedFrom).HasMaxLength(Limits.Url);
        builder.Property(feed => feed.AddressHash).HasMaxLength(Limits.Sha256);
        builder.Property(feed => feed.Title).HasMaxLength(Limits.Title);
        builder.Property(feed => feed.Outcome).HasMaxLength(Limits.Note);
        builder.Property(feed => feed.Problem).HasMaxLength(Limits.Note);
        builder.Property(feed => feed.ETag).HasMaxLength(Limits.Line);
        builder.HasIndex(feed => feed.AddressHash).IsUnique();
        builder.HasIndex(feed => feed.NextReadingUtc);
        builder.HasOne(feed => feed.Source).WithMany().OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(feed => feed.AddedBy).WithMany().HasForeignKey(feed => feed.AddedById).OnDelete(DeleteBehavior.SetNull);
    }

    public void Configure(EntityTypeBuilder<FeedEntry> builder)
    {
        builder.Property(entry => entry.EntryHash).HasMaxLength(Limits.Sha256);
        builder.Property(entry => entry.LinkHash).HasMaxLength(Limits.Sha256);
        builder.Property(entry => entry.Url).HasMaxLength(Limits.Url);
        builder.Property(entry => entry.Title).HasMaxLength(Limits.Title);
        builder.Property(entry => entry.Description).HasMaxLength(Limits.Note);
        builder.Property(entry => entry.State).HasConversion<string>().HasMaxLength(20);
        builder.HasIndex(entry => new { entry.FeedId, entry.EntryHash }).IsUnique();
        builder.HasIndex(entry => entry.LinkHash);
        builder.HasIndex(entry => entry.State);
        builder.HasOne(entry => entry.Feed).WithMany().OnDelete(DeleteBehavior.Cascade);
        // SQL Server takes no second way of cascading to the same table: an account already leads here through the feed that it added.
        builder.HasOne(entry => entry.SettledBy).WithMany().HasForeignKey(entry => entry.SettledById).OnDelete(DeleteBehavior.ClientSetNull);
    }

    public void Configure(EntityTypeBuilder<HostVisit> builder)
    {
        builder.Property(visit => visit.Host).HasMaxLength(Limits.Line);
        builder.HasIndex(visit => visit.Host).IsUnique();
        builder.HasIndex(visit => visit.FreeUtc);
    }
}
