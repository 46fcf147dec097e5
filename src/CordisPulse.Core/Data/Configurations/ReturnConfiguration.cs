using CordisPulse.Core.Mail.Returns;
using CordisPulse.Core.Mail.Returns.Mailbox;
using CordisPulse.Core.Mailings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CordisPulse.Core.Data.Configurations;

internal sealed class ReturnConfiguration : IEntityTypeConfiguration<ReturnReport>, IEntityTypeConfiguration<PersonReply>, IEntityTypeConfiguration<MailboxReading>
{
    private const int KindLength = 20;

    public void Configure(EntityTypeBuilder<ReturnReport> builder)
    {
        builder.Property(report => report.Kind).HasConversion<string>().HasMaxLength(KindLength);
        builder.Property(report => report.Verdict).HasConversion<string>().HasMaxLength(KindLength);
        builder.Property(report => report.Status).HasMaxLength(KindLength);
        builder.Property(report => report.Text).HasMaxLength(Limits.Note);
        builder.Property(report => report.Source).HasMaxLength(Limits.Sha256);
        builder.Property(report => report.Content).HasMaxLength(Limits.Sha256);
        builder.HasIndex(report => report.Source).IsUnique();
        builder.HasIndex(report => report.Content);
        builder.HasIndex(report => new { report.MailingId, report.Kind });
        builder.HasIndex(report => new { report.Kind, report.ReceivedUtc });
        builder.HasOne(report => report.Delivery).WithMany().OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(report => report.Subscriber).WithMany().OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Mailing>().WithMany().HasForeignKey(report => report.MailingId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<PersonReply> builder)
    {
        builder.Property(reply => reply.From).HasMaxLength(Limits.Email);
        builder.Property(reply => reply.Subject).HasMaxLength(Limits.Line);
        builder.HasIndex(reply => reply.ReportId).IsUnique();
        builder.HasIndex(reply => reply.From);
        builder.HasIndex(reply => new { reply.HandledUtc, reply.AsksToLeave });
        builder.HasOne(reply => reply.Report).WithMany().OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(reply => reply.HandledBy).WithMany().HasForeignKey(reply => reply.HandledById).OnDelete(DeleteBehavior.SetNull);
    }

    public void Configure(EntityTypeBuilder<MailboxReading> builder)
    {
        builder.Property(reading => reading.Id).ValueGeneratedNever();
        builder.Property(reading => reading.LeaseOwner).HasMaxLength(Limits.Name);
        builder.Property(reading => reading.Problem).HasMaxLength(Limits.Note);
        builder.HasData(new MailboxReading { Id = MailboxReading.OnlyId });
    }
}
