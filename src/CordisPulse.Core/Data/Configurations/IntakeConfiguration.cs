using CordisPulse.Core.Intake;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CordisPulse.Core.Data.Configurations;

internal sealed class IntakeConfiguration : IEntityTypeConfiguration<IntakeEntry>
{
    public void Configure(EntityTypeBuilder<IntakeEntry> builder)
    {
        builder.HasKey(entry => entry.ItemId);
        builder.Property(entry => entry.ItemId).ValueGeneratedNever();
        builder.Property(entry => entry.Reading).HasConversion<string>().HasMaxLength(20);
        builder.Property(entry => entry.Problem).HasMaxLength(Limits.Note);
        builder.Property(entry => entry.Publisher).HasMaxLength(Limits.SourceName);
        builder.HasIndex(entry => entry.NextReadingUtc);
        builder.HasOne(entry => entry.Item).WithOne(item => item.Intake).HasForeignKey<IntakeEntry>(entry => entry.ItemId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(entry => entry.AddedBy).WithMany().HasForeignKey(entry => entry.AddedById).OnDelete(DeleteBehavior.SetNull);
    }
}
