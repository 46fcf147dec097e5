using CordisPulse.Core.Mail;
using CordisPulse.Core.Subscriptions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CordisPulse.Core.Data.Configurations;

internal sealed class SubscriptionConfiguration :
    IEntityTypeConfiguration<Subscriber>,
    IEntityTypeConfiguration<ConsentRecord>,
    IEntityTypeConfiguration<Suppression>,
    IEntityTypeConfiguration<OneTimeToken>,
    IEntityTypeConfiguration<QueuedMail>
{
    private const int StateLength = 20;

    public void Configure(EntityTypeBuilder<Subscriber> builder)
    {
        builder.Property(subscriber => subscriber.Email).HasMaxLength(Limits.Email);
        builder.Property(subscriber => subscriber.NormalizedEmail).HasMaxLength(Limits.Email);
        builder.Property(subscriber => subscriber.Name).HasMaxLength(Limits.Line);
        builder.Property(subscriber => subscriber.Organisation).HasMaxLength(Limits.Line);
        builder.Property(subscriber => subscriber.Sectors).HasMaxLength(Limits.Note);
        builder.Property(subscriber => subscriber.UnsubscribeToken).HasMaxLength(26);
        builder.Property(subscriber => subscriber.Status).HasConversion<string>().HasMaxLength(StateLength);
        builder.HasIndex(subscriber => subscriber.NormalizedEmail).IsUnique();
        builder.HasIndex(subscriber => subscriber.UnsubscribeToken).IsUnique();
        builder.HasIndex(subscriber => new { subscriber.Status, subscriber.Id });
    }

    public void Configure(EntityTypeBuilder<ConsentRecord> builder)
    {
        builder.Property(record => record.Event).HasConversion<string>().HasMaxLength(StateLength);
        builder.Property(record => record.Note).HasMaxLength(Limits.Note);
        builder.Property(record => record.Way).HasMaxLength(StateLength);
        builder.HasOne(record => record.Subscriber).WithMany(subscriber => subscriber.Consent).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<Suppression> builder)
    {
        builder.Property(suppression => suppression.NormalizedEmail).HasMaxLength(Limits.Email);
        builder.Property(suppression => suppression.Reason).HasConversion<string>().HasMaxLength(StateLength);
        builder.HasIndex(suppression => suppression.NormalizedEmail).IsUnique();
    }

    public void Configure(EntityTypeBuilder<OneTimeToken> builder)
    {
        builder.Property(token => token.Purpose).HasConversion<string>().HasMaxLength(StateLength);
        builder.Property(token => token.Hash).HasMaxLength(Limits.Sha256);
        builder.HasIndex(token => token.Hash).IsUnique();
        builder.HasOne(token => token.Subscriber).WithMany().OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<QueuedMail> builder)
    {
        builder.Property(mail => mail.Kind).HasConversion<string>().HasMaxLength(StateLength);
        builder.Property(mail => mail.Answer).HasMaxLength(Limits.Note);
        builder.HasIndex(mail => mail.NextAttemptUtc);
        // Single mails count among what the limits allow.
        builder.HasIndex(mail => mail.SentUtc);
        builder.HasOne(mail => mail.Subscriber).WithMany().OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(mail => mail.Account).WithMany().OnDelete(DeleteBehavior.Restrict);
    }
}
