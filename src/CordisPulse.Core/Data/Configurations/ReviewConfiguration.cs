using CordisPulse.Core.Editions.Review;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CordisPulse.Core.Data.Configurations;

internal sealed class ReviewConfiguration :
    IEntityTypeConfiguration<PreviewLink>,
    IEntityTypeConfiguration<Comment>,
    IEntityTypeConfiguration<Approval>
{
    public void Configure(EntityTypeBuilder<PreviewLink> builder)
    {
        builder.Property(link => link.Hash).HasMaxLength(Limits.Sha256);
        builder.Property(link => link.ForWhom).HasMaxLength(Limits.Name);
        builder.HasIndex(link => link.Hash).IsUnique();
        builder.HasOne(link => link.Edition).WithMany().OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<Comment> builder)
    {
        builder.Property(comment => comment.Place).HasConversion<string>().HasMaxLength(20);
        builder.Property(comment => comment.PlaceTitle).HasMaxLength(Limits.Title);
        builder.Property(comment => comment.GuestName).HasMaxLength(Limits.Name);
        builder.Property(comment => comment.Text).HasMaxLength(Limits.Comment);
        builder.HasOne(comment => comment.Edition).WithMany().OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(comment => comment.Answers).WithMany().OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(comment => comment.PreviewLink).WithMany().OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<Approval> builder)
    {
        builder.Property(approval => approval.Sha256).HasMaxLength(Limits.Sha256);
        builder.HasOne(approval => approval.Edition).WithMany().OnDelete(DeleteBehavior.Restrict);
    }
}
