using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Covered;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CordisPulse.Core.Data.Configurations;

internal sealed class PublicationConfiguration :
    IEntityTypeConfiguration<PublishedEdition>,
    IEntityTypeConfiguration<PublishedItem>,
    IEntityTypeConfiguration<PublishedItemTopic>,
    IEntityTypeConfiguration<CoveredAgain>,
    IEntityTypeConfiguration<PublishedAddress>,
    IEntityTypeConfiguration<Withdrawal>,
    IEntityTypeConfiguration<ContentVersion>
{
    public void Configure(EntityTypeBuilder<PublishedEdition> builder)
    {
        builder.Property(published => published.Sha256).HasMaxLength(Limits.Sha256);
        builder.Property(published => published.Note).HasMaxLength(Limits.Note);
        builder.Property(published => published.Correction).HasMaxLength(Limits.Note);
        builder.HasIndex(published => new { published.EditionId, published.Revision }).IsUnique();
        builder.HasOne(published => published.Edition).WithMany().OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<PublishedItem> builder)
    {
        builder.Property(item => item.Slug).HasMaxLength(Limits.Slug);
        builder.Property(item => item.Correction).HasMaxLength(Limits.Note);
        builder.HasIndex(item => new { item.Month, item.Slug }).IsUnique();
        builder.HasIndex(item => new { item.Month, item.Position });
        builder.HasIndex(item => new { item.SectorId, item.Month, item.Position });
        builder.HasIndex(item => new { item.SectionId, item.Month, item.Position });
        builder.HasIndex(item => new { item.SourceId, item.Month, item.Position });
        builder.HasIndex(item => item.EditionItemId);
        builder.HasOne(item => item.PublishedEdition).WithMany().OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(item => item.Sector).WithMany().OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(item => item.Section).WithMany().OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(item => item.Source).WithMany().OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<PublishedItemTopic> builder)
    {
        builder.HasKey(row => new { row.PublishedItemId, row.TopicId });
        builder.HasIndex(row => new { row.TopicId, row.Month, row.Position });
        builder.HasOne(row => row.PublishedItem).WithMany(item => item.Topics).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(row => row.Topic).WithMany().OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<CoveredAgain> builder)
    {
        builder.HasKey(pair => new { pair.ItemId, pair.OtherId });
        builder.HasIndex(pair => pair.OtherId);
    }

    public void Configure(EntityTypeBuilder<PublishedAddress> builder)
    {
        builder.Property(address => address.Slug).HasMaxLength(Limits.Slug);
        builder.HasIndex(address => new { address.Month, address.Slug }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<Withdrawal> builder)
    {
        builder.Property(withdrawal => withdrawal.Reason).HasMaxLength(Limits.Note);
        builder.HasOne(withdrawal => withdrawal.Edition).WithMany().OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<ContentVersion> builder)
    {
        builder.Property(version => version.Id).ValueGeneratedNever();
        builder.HasData(new ContentVersion { Id = ContentVersion.OnlyId, Number = 1, ChangedUtc = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc) });
    }
}
