using CordisPulse.Core.Editions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CordisPulse.Core.Data.Configurations;

internal sealed class ItemProgressConfiguration : IEntityTypeConfiguration<ItemProgress>, IEntityTypeConfiguration<ItemNote>
{
    public void Configure(EntityTypeBuilder<ItemProgress> builder)
    {
        builder.HasIndex(progress => progress.ItemId).IsUnique();
        builder.Property(progress => progress.Stage).HasConversion<string>().HasMaxLength(20);
        builder.HasOne(progress => progress.Assignee).WithMany().HasForeignKey(progress => progress.AssigneeId).OnDelete(DeleteBehavior.SetNull);
    }

    public void Configure(EntityTypeBuilder<ItemNote> builder)
    {
        builder.Property(note => note.Text).HasMaxLength(Limits.Note);
        builder.HasIndex(note => note.ItemId);
        builder.HasOne(note => note.AddedBy).WithMany().HasForeignKey(note => note.AddedById).OnDelete(DeleteBehavior.SetNull);
    }
}
