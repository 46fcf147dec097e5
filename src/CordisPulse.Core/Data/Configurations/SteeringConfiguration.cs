using CordisPulse.Core.Mailings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CordisPulse.Core.Data.Configurations;

internal sealed class SteeringConfiguration : IEntityTypeConfiguration<Colleague>, IEntityTypeConfiguration<SentTestMail>
{
    public void Configure(EntityTypeBuilder<Colleague> builder)
    {
        builder.Property(colleague => colleague.Email).HasMaxLength(Limits.Email);
        builder.Property(colleague => colleague.NormalizedEmail).HasMaxLength(Limits.Email);
        builder.HasIndex(colleague => colleague.NormalizedEmail).IsUnique();
    }

    public void Configure(EntityTypeBuilder<SentTestMail> builder)
    {
        builder.HasIndex(test => new { test.EditionId, test.Id });
        builder.HasOne(test => test.Edition).WithMany().OnDelete(DeleteBehavior.Cascade);
    }
}
