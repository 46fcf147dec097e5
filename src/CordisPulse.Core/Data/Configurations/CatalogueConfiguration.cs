using CordisPulse.Core.Catalogue;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CordisPulse.Core.Data.Configurations;

internal sealed class CatalogueConfiguration :
    IEntityTypeConfiguration<Sector>, IEntityTypeConfiguration<Section>, IEntityTypeConfiguration<Source>, IEntityTypeConfiguration<MergedSource>
{
    public void Configure(EntityTypeBuilder<Sector> builder)
    {
        builder.Property(sector => sector.Name).HasMaxLength(Limits.Name);
        builder.Property(sector => sector.Slug).HasMaxLength(Limits.Slug);
        builder.HasIndex(sector => sector.Slug).IsUnique();
        builder.HasData(
            new Sector { Id = 1, Name = "Adult Social Care and Health", Slug = "adult-social-care-and-health", Position = 1, Colour = 0, Version = 1, OtherNames = ["Adult Social Care & Health", "Adult Social Care", "Adults"] },
            new Sector { Id = 2, Name = "Children and Young People's Services", Slug = "children-and-young-peoples-services", Position = 2, Colour = 1, Version = 1, OtherNames = ["Children and Young People", "Children & Young People's Services", "Children's Services"] },
            new Sector { Id = 3, Name = "Criminal Justice", Slug = "criminal-justice", Position = 3, Colour = 2, Version = 1, OtherNames = ["Criminal Justice System", "Justice"] });
    }

    public void Configure(EntityTypeBuilder<Section> builder)
    {
        builder.Property(section => section.Name).HasMaxLength(Limits.Name);
        builder.Property(section => section.Slug).HasMaxLength(Limits.Slug);
        builder.HasIndex(section => section.Slug).IsUnique();
        builder.HasData(
            new Section { Id = 1, Name = "Reports", Slug = "reports", Position = 1, Version = 1, OtherNames = ["Report", "Research", "Research reports"] },
            new Section { Id = 2, Name = "Briefings", Slug = "briefings", Position = 2, Version = 1, OtherNames = ["Briefing", "Briefing papers"] },
            new Section { Id = 3, Name = "Tools and Guidance", Slug = "tools-and-guidance", Position = 3, Version = 1, OtherNames = ["Tools & Guidance", "Tools", "Guidance", "Guidance and tools"] });
    }

    public void Configure(EntityTypeBuilder<Source> builder)
    {
        builder.Property(source => source.Name).HasMaxLength(Limits.SourceName);
        builder.Property(source => source.Slug).HasMaxLength(Limits.Slug);
        builder.HasIndex(source => source.Slug).IsUnique();
    }

    public void Configure(EntityTypeBuilder<MergedSource> builder)
    {
        builder.Property(merged => merged.Slug).HasMaxLength(Limits.Slug);
        builder.HasIndex(merged => merged.Slug).IsUnique();
        builder.HasOne(merged => merged.Source).WithMany().OnDelete(DeleteBehavior.Restrict);
    }
}
