using CordisPulse.Core.Audit;
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
    IEntityTypeConfiguration<QueuedMail>,
    IEntityTypeConfiguration<ConsentBasis>,
    IEntityTypeConfiguration<PrivacyText>,
    IEntityTypeConfiguration<AddressRequest>,
    IEntityTypeConfiguration<AuditEntry>,
    IEntityTypeConfiguration<RetentionReport>,
    IEntityTypeConfiguration<PermissionRound>,
    IEntityTypeConfiguration<DomainNotice>
{
    private const int StateLength = 20;
    private const int ActLength = 40;

    /// <summary>Of a hundred sectors and more; an index of SQL Server holds 1,700 bytes of a row.</summary>
    private const int SectorsLength = 800;

    /// <summary>RFC 1035 section 2.3.4, in octets.</summary>
    private const int DomainLength = 255;

    public void Configure(EntityTypeBuilder<Subscriber> builder)
    {
        builder.Property(subscriber => subscriber.Email).HasMaxLength(Limits.Email);
        builder.Property(subscriber => subscriber.NormalizedEmail).HasMaxLength(Limits.Email);
        builder.Property(subscriber => subscriber.Name).HasMaxLength(Limits.Line);
        builder.Property(subscriber => subscriber.Organisation).HasMaxLength(Limits.Line);
        builder.Property(subscriber => subscriber.Sectors).HasMaxLength(SectorsLength);
        builder.Property(subscriber => subscriber.UnsubscribeToken).HasMaxLength(26);
        builder.Property(subscriber => subscriber.Status).HasConversion<string>().HasMaxLength(StateLength);
        builder.HasIndex(subscriber => subscriber.NormalizedEmail).IsUnique();
        builder.HasIndex(subscriber => subscriber.UnsubscribeToken).IsUnique();
        builder.HasIndex(subscriber => new { subscriber.Status, subscriber.Id });
        builder.Property(subscriber => subscriber.Domain).HasMaxLength(DomainLength);
        builder.HasIndex(subscriber => new { subscriber.Domain, subscriber.Status });
        builder.Property(subscriber => subscriber.OrganisationKey).HasMaxLength(Limits.Line);
        builder.HasIndex(subscriber => new { subscriber.OrganisationKey, subscriber.Status });
        builder.HasIndex(subscriber => new { subscriber.Status, subscriber.Sectors });
        builder.Property(subscriber => subscriber.SearchText).HasMaxLength(SubscriberSearch.MaxLength);
        // Holds all that is searched, so that a search reads this and no row.
        builder.HasIndex(subscriber => subscriber.SearchText);
        builder.HasIndex(subscriber => subscriber.PausedUntilUtc);
        builder.HasOne(subscriber => subscriber.Basis).WithMany().OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(subscriber => subscriber.MergedInto).WithMany().OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(subscriber => subscriber.NoticeBasis).WithMany().OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<ConsentRecord> builder)
    {
        builder.Property(record => record.Event).HasConversion<string>().HasMaxLength(StateLength);
        builder.Property(record => record.Note).HasMaxLength(Limits.Note);
        builder.Property(record => record.Way).HasMaxLength(StateLength);
        builder.HasOne(record => record.Subscriber).WithMany(subscriber => subscriber.Consent).OnDelete(DeleteBehavior.Restrict);
        builder.Property(record => record.Network).HasMaxLength(NetworkAddress.MaxLength);
        builder.HasOne(record => record.PrivacyText).WithMany().OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(record => record.Basis).WithMany().OnDelete(DeleteBehavior.Restrict);
        // Figures by month, and what happened within minutes; holds all that they ask for.
        builder.HasIndex(record => new { record.Event, record.AtUtc, record.SubscriberId, record.Way });
    }

    public void Configure(EntityTypeBuilder<Suppression> builder)
    {
        builder.Property(suppression => suppression.NormalizedEmail).HasMaxLength(Limits.Email);
        builder.Property(suppression => suppression.EmailHash).HasMaxLength(Limits.Sha256);
        builder.HasIndex(suppression => suppression.EmailHash).IsUnique();
        builder.Property(suppression => suppression.Reason).HasConversion<string>().HasMaxLength(StateLength);
        builder.HasIndex(suppression => suppression.NormalizedEmail).IsUnique();
        // What was somebody's address stays away from lists when their row goes.
        builder.HasOne<Subscriber>().WithMany().HasForeignKey(suppression => suppression.SubscriberId).OnDelete(DeleteBehavior.SetNull);
    }

    public void Configure(EntityTypeBuilder<OneTimeToken> builder)
    {
        builder.Property(token => token.Purpose).HasConversion<string>().HasMaxLength(StateLength);
        builder.Property(token => token.Hash).HasMaxLength(Limits.Sha256);
        builder.HasIndex(token => token.Hash).IsUnique();
        builder.HasOne(token => token.Subscriber).WithMany().OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(token => token.Request).WithMany().OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<QueuedMail> builder)
    {
        builder.Property(mail => mail.Kind).HasConversion<string>().HasMaxLength(StateLength);
        builder.Property(mail => mail.Answer).HasMaxLength(Limits.Note);
        builder.HasIndex(mail => mail.NextAttemptUtc);
        // Single mails count among what the limits allow.
        builder.HasIndex(mail => mail.SentUtc);
        // Whom a round of asking has mailed; holds all that is counted.
        builder.HasIndex(mail => new { mail.Kind, mail.AboutId, mail.SubscriberId, mail.SentUtc });
        builder.HasOne(mail => mail.Subscriber).WithMany().OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(mail => mail.Account).WithMany().OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<ConsentBasis> builder)
    {
        builder.Property(basis => basis.Ground).HasConversion<string>().HasMaxLength(StateLength);
        builder.Property(basis => basis.ObtainedFrom).HasMaxLength(Limits.Note);
        builder.Property(basis => basis.Told).HasMaxLength(Limits.Note);
        builder.Property(basis => basis.Assessment).HasMaxLength(Limits.Note);
    }

    public void Configure(EntityTypeBuilder<PrivacyText> builder)
    {
        builder.Property(text => text.Sha256).HasMaxLength(Limits.Sha256);
        builder.Property(text => text.Title).HasMaxLength(Limits.Title);
        builder.HasIndex(text => text.Sha256).IsUnique();
    }

    public void Configure(EntityTypeBuilder<AddressRequest> builder)
    {
        builder.Property(request => request.Kind).HasConversion<string>().HasMaxLength(StateLength);
        builder.Property(request => request.Email).HasMaxLength(Limits.Email);
        builder.Property(request => request.NormalizedEmail).HasMaxLength(Limits.Email);
        builder.Property(request => request.Name).HasMaxLength(Limits.Line);
        builder.Property(request => request.Organisation).HasMaxLength(Limits.Line);
        builder.Property(request => request.Sectors).HasMaxLength(Limits.Note);
        builder.Property(request => request.Network).HasMaxLength(NetworkAddress.MaxLength);
        // Of two nodes that look at it at once, one does something about it.
        builder.Property(request => request.SettledUtc).IsConcurrencyToken();
        builder.HasIndex(request => new { request.SettledUtc, request.Id });
        builder.HasIndex(request => request.NormalizedEmail);
        builder.HasOne(request => request.Subscriber).WithMany().OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(request => request.PrivacyText).WithMany().OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.Property(entry => entry.Act).HasMaxLength(ActLength);
        builder.Property(entry => entry.Way).HasConversion<string>().HasMaxLength(StateLength);
        builder.Property(entry => entry.Subject).HasMaxLength(Limits.AuditSubject);
        builder.Property(entry => entry.Detail).HasMaxLength(Limits.Line);
        // Each narrows the looks, the newest first.
        builder.HasIndex(entry => new { entry.SubscriberId, entry.Id });
        builder.HasIndex(entry => new { entry.AccountId, entry.Id });
        builder.HasIndex(entry => new { entry.OfAccountId, entry.Id });
        builder.HasIndex(entry => new { entry.Act, entry.Id });
        builder.HasIndex(entry => entry.AtUtc);
    }

    public void Configure(EntityTypeBuilder<RetentionReport> builder) => builder.HasIndex(report => report.Day).IsUnique();

    public void Configure(EntityTypeBuilder<PermissionRound> builder)
    {
        builder.Property(round => round.Silence).HasConversion<string>().HasMaxLength(StateLength);
        builder.HasIndex(round => round.IsOpen).IsUnique();
    }

    public void Configure(EntityTypeBuilder<DomainNotice> builder)
    {
        builder.Property(notice => notice.Domain).HasMaxLength(DomainLength);
        builder.Property(notice => notice.Event).HasConversion<string>().HasMaxLength(StateLength);
        builder.HasIndex(notice => new { notice.Domain, notice.LastUtc });
        // Of two nodes that notice it at once, one writes it down.
        builder.HasIndex(notice => new { notice.Domain, notice.Event, notice.FirstUtc }).IsUnique();
    }
}
