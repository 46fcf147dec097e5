using CordisPulse.Core.Editions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CordisPulse.Core.Data.Configurations;

internal sealed class EditionConfiguration :
    IEntityTypeConfiguration<Edition>,
    IEntityTypeConfiguration<EditionItem>,
    IEntityTypeConfiguration<NewsItem>,
    IEntityTypeConfiguration<SetAsideText>,
    IEntityTypeConfiguration<Revision>,
    IEntityTypeConfiguration<TextDraft>,
    IEntityTypeConfiguration<Acknowledgement>
{
    public void Configure(EntityTypeBuilder<Edition> builder)
    {
        builder.HasIndex(edition => edition.Month).IsUnique();
        builder.Property(edition => edition.Subject).HasMaxLength(Limits.Line);
        builder.Property(edition => edition.Preheader).HasMaxLength(Limits.Line);
        builder.Property(edition => edition.SignOffName).HasMaxLength(Limits.Line);
        builder.Property(edition => edition.SignOffRole).HasMaxLength(Limits.Line);
        builder.HasMany(edition => edition.News).WithOne(news => news.Edition).OnDelete(DeleteBehavior.Cascade);
        builder.HasMany(edition => edition.Items).WithOne(item => item.Edition).OnDelete(DeleteBehavior.Cascade);
        builder.HasMany(edition => edition.SetAside).WithOne(text => text.Edition).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<EditionItem> builder)
    {
        builder.Property(item => item.Slug).HasMaxLength(Limits.Slug);
        builder.Property(item => item.Doi).HasMaxLength(Limits.Line);
        // As long as what it is compared with: SQL Server would not know which of two types is meant.
        builder.PrimitiveCollection(item => item.Topics).ElementType().HasMaxLength(Limits.Slug);
        builder.HasIndex(item => new { item.EditionId, item.Slug }).IsUnique();
        builder.HasOne(item => item.Sector).WithMany().OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(item => item.Section).WithMany().OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(item => item.Source).WithMany().OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<NewsItem> builder) => builder.HasIndex(news => new { news.EditionId, news.Position });

    public void Configure(EntityTypeBuilder<SetAsideText> builder)
    {
        builder.Property(text => text.Reason).HasMaxLength(Limits.Note);
        // The text must outlive the item it stood after; the composer moves it when it removes the item.
        builder.HasOne(text => text.AfterItem).WithMany().OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<Revision> builder)
    {
        builder.HasIndex(revision => new { revision.Text, revision.TextId, revision.Version });
        builder.HasIndex(revision => revision.EditionId);
        builder.HasIndex(revision => revision.SavedById);
        builder.Property(revision => revision.Text).HasConversion<string>().HasMaxLength(20);
    }

    public void Configure(EntityTypeBuilder<TextDraft> builder)
    {
        // Over the intake's too, which are in no edition.
        builder.HasIndex(draft => new { draft.AccountId, draft.EditionId, draft.Text, draft.TextId }).IsUnique().HasFilter(null);
        builder.HasIndex(draft => draft.SeenUtc);
        builder.Property(draft => draft.Text).HasConversion<string>().HasMaxLength(20);
        builder.Property(draft => draft.Window).HasMaxLength(Limits.Window);
        builder.HasOne(draft => draft.Account).WithMany().OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(draft => draft.Edition).WithMany().OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<Acknowledgement> builder)
    {
        builder.Property(acknowledgement => acknowledgement.FindingKey).HasMaxLength(Limits.Name);
        builder.Property(acknowledgement => acknowledgement.Reason).HasMaxLength(Limits.Note);
        builder.HasIndex(acknowledgement => new { acknowledgement.EditionId, acknowledgement.FindingKey }).IsUnique();
        builder.HasOne(acknowledgement => acknowledgement.Edition).WithMany().OnDelete(DeleteBehavior.Cascade);
    }
}
