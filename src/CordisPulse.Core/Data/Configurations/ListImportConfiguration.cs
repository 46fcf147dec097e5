using CordisPulse.Core.Subscriptions.Lists;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CordisPulse.Core.Data.Configurations;

internal sealed class ListImportConfiguration :
    IEntityTypeConfiguration<ListImport>,
    IEntityTypeConfiguration<ListImportPart>,
    IEntityTypeConfiguration<ListImportLine>
{
    private const int StateLength = 20;

    public void Configure(EntityTypeBuilder<ListImport> builder)
    {
        builder.Property(import => import.FileName).HasMaxLength(Limits.Line);
        builder.Property(import => import.State).HasConversion<string>().HasMaxLength(StateLength);
        builder.Property(import => import.Encoding).HasConversion<string>().HasMaxLength(StateLength);
        builder.Property(import => import.Separator).HasMaxLength(1);
        builder.Property(import => import.Columns).HasMaxLength(Limits.Comment);
        builder.Property(import => import.Mended).HasMaxLength(Limits.Comment);
        builder.Property(import => import.Problem).HasMaxLength(Limits.Note);
        builder.HasIndex(import => import.State);
        builder.HasOne(import => import.Account).WithMany().OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(import => import.Basis).WithMany().OnDelete(DeleteBehavior.Restrict);
        builder.Ignore(import => import.CanBeTakenBack);
        builder.Ignore(import => import.Hidden);
        builder.Ignore(import => import.Format);
        builder.Ignore(import => import.ColumnsRead);
        builder.Ignore(import => import.MendedDomains);
    }

    public void Configure(EntityTypeBuilder<ListImportPart> builder)
    {
        builder.HasKey(part => new { part.ImportId, part.Sheet, part.Number });
        builder.HasOne<ListImport>().WithMany().HasForeignKey(part => part.ImportId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<ListImportLine> builder)
    {
        builder.HasKey(line => new { line.ImportId, line.Line });
        builder.Property(line => line.Line).ValueGeneratedNever();
        builder.Property(line => line.Outcome).HasConversion<string>().HasMaxLength(StateLength);
        builder.Property(line => line.Reason).HasMaxLength(Limits.Note);
        builder.Property(line => line.Written).HasMaxLength(Limits.Line);
        builder.HasOne<ListImport>().WithMany().HasForeignKey(line => line.ImportId).OnDelete(DeleteBehavior.Restrict);
        // Whoever is no more leaves the line as it is.
        builder.HasOne(line => line.Subscriber).WithMany().OnDelete(DeleteBehavior.SetNull);
    }
}
