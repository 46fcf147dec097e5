using CordisPulse.Core.Mailings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CordisPulse.Core.Data.Configurations;

internal sealed class MailingConfiguration :
    IEntityTypeConfiguration<Mailing>, IEntityTypeConfiguration<MailingVariant>, IEntityTypeConfiguration<Delivery>,
    IEntityTypeConfiguration<MailingCertificate>
{
    private const int StateLength = 20;

    public void Configure(EntityTypeBuilder<Mailing> builder)
    {
        builder.Property(mailing => mailing.Kind).HasConversion<string>().HasMaxLength(StateLength);
        builder.Property(mailing => mailing.State).HasConversion<string>().HasMaxLength(StateLength);
        builder.Property(mailing => mailing.PublicUrl).HasMaxLength(Limits.Url);
        builder.Property(mailing => mailing.Transport).HasMaxLength(Limits.Line);
        builder.Property(mailing => mailing.Notice).HasMaxLength(Limits.Note);
        builder.Property(mailing => mailing.ScheduledText).HasMaxLength(Limits.Sha256);
        builder.Property(mailing => mailing.ScheduleNote).HasMaxLength(Limits.Note);
        builder.HasIndex(mailing => new { mailing.EditionId, mailing.Kind, mailing.Number }).IsUnique();
        builder.HasIndex(mailing => mailing.State);
        builder.HasOne(mailing => mailing.Edition).WithMany().OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(mailing => mailing.PublishedEdition).WithMany().OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(mailing => mailing.Variants).WithOne(variant => variant.Mailing).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<MailingVariant> builder)
    {
        builder.Property(variant => variant.Wish).HasMaxLength(Limits.Note);
        builder.Property(variant => variant.Sectors).HasMaxLength(Limits.Comment);
        builder.Property(variant => variant.Subject).HasMaxLength(Limits.Line);
        builder.Property(variant => variant.Sha256).HasMaxLength(Limits.Sha256);
        builder.HasOne(variant => variant.Basis).WithMany().OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<Delivery> builder)
    {
        builder.Property(delivery => delivery.Address).HasMaxLength(Limits.Email);
        builder.Property(delivery => delivery.Name).HasMaxLength(Limits.Line);
        builder.Property(delivery => delivery.State).HasConversion<string>().HasMaxLength(StateLength);
        builder.Property(delivery => delivery.Fault).HasConversion<string>().HasMaxLength(StateLength);
        builder.Property(delivery => delivery.Decided).HasConversion<string>().HasMaxLength(StateLength);
        builder.Property(delivery => delivery.LeaseOwner).HasMaxLength(Limits.Name);
        builder.Property(delivery => delivery.Answer).HasMaxLength(Limits.Note);
        builder.HasIndex(delivery => new { delivery.MailingId, delivery.SubscriberId }).IsUnique();
        builder.HasIndex(delivery => new { delivery.MailingId, delivery.State, delivery.NextAttemptUtc });
        // For what was sent in the last second, minute and day, which the limits of all nodes are counted by, and for the latest answers.
        builder.HasIndex(delivery => delivery.AttemptedUtc);
        builder.HasOne(delivery => delivery.Mailing).WithMany().OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(delivery => delivery.Subscriber).WithMany().OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(delivery => delivery.Variant).WithMany().OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(delivery => delivery.Follows).WithMany().OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<MailingCertificate> builder)
    {
        builder.Property(certificate => certificate.Sha256).HasMaxLength(Limits.Sha256);
        builder.HasIndex(certificate => new { certificate.MailingId, certificate.EndedUtc }).IsUnique();
        builder.HasOne(certificate => certificate.Mailing).WithMany().OnDelete(DeleteBehavior.Restrict);
    }
}
