using CordisPulse.Core.Accounts;
using CordisPulse.Core.Audit;
using CordisPulse.Core.Catalogue;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Covered;
using CordisPulse.Core.Editions.Links;
using CordisPulse.Core.Editions.Review;
using CordisPulse.Core.Feeds;
using CordisPulse.Core.Intake;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Mail.Returns;
using CordisPulse.Core.Mail.Returns.Mailbox;
using CordisPulse.Core.Mailings;
using CordisPulse.Core.Outbound;
using CordisPulse.Core.Site;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Core.Subscriptions.Lists;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Data;

public sealed class PulseDbContext(DbContextOptions<PulseDbContext> options)
    : IdentityDbContext<Account, IdentityRole<int>, int>(options), IDataProtectionKeyContext
{
    /// <summary>The order in which SQL Server compares addresses, and what else was normalised here.</summary>
    public const string ByCharacter = "Latin1_General_BIN2";

    /// <summary>What cookies and forms are sealed with, for all nodes.</summary>
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    public DbSet<Sector> Sectors => Set<Sector>();

    public DbSet<Section> Sections => Set<Section>();

    public DbSet<Source> Sources => Set<Source>();

    public DbSet<Topic> Topics => Set<Topic>();

    public DbSet<MergedTopic> MergedTopics => Set<MergedTopic>();

    public DbSet<Edition> Editions => Set<Edition>();

    public DbSet<EditionItem> EditionItems => Set<EditionItem>();

    public DbSet<IntakeEntry> IntakeEntries => Set<IntakeEntry>();

    public DbSet<NewsItem> NewsItems => Set<NewsItem>();

    public DbSet<SetAsideText> SetAsideTexts => Set<SetAsideText>();

    public DbSet<TextDraft> TextDrafts => Set<TextDraft>();

    public DbSet<Revision> Revisions => Set<Revision>();

    public DbSet<PublishedEdition> PublishedEditions => Set<PublishedEdition>();

    public DbSet<PublishedItem> PublishedItems => Set<PublishedItem>();

    public DbSet<PublishedItemTopic> PublishedItemTopics => Set<PublishedItemTopic>();

    public DbSet<CoveredAgain> CoveredAgain => Set<CoveredAgain>();

    public DbSet<PublishedAddress> PublishedAddresses => Set<PublishedAddress>();

    public DbSet<Withdrawal> Withdrawals => Set<Withdrawal>();

    public DbSet<Acknowledgement> Acknowledgements => Set<Acknowledgement>();

    public DbSet<PreviewLink> PreviewLinks => Set<PreviewLink>();

    public DbSet<Comment> Comments => Set<Comment>();

    public DbSet<Approval> Approvals => Set<Approval>();

    public DbSet<LinkLook> LinkLooks => Set<LinkLook>();

    public DbSet<PublishedLink> PublishedLinks => Set<PublishedLink>();

    public DbSet<PublishedLinkPlace> PublishedLinkPlaces => Set<PublishedLinkPlace>();

    public DbSet<ContentVersion> ContentVersions => Set<ContentVersion>();

    public DbSet<PublisherDetails> PublisherDetails => Set<PublisherDetails>();

    public DbSet<SitePage> SitePages => Set<SitePage>();

    public DbSet<Subscriber> Subscribers => Set<Subscriber>();

    public DbSet<ConsentRecord> ConsentRecords => Set<ConsentRecord>();

    public DbSet<Suppression> Suppressions => Set<Suppression>();

    public DbSet<ConsentBasis> ConsentBases => Set<ConsentBasis>();

    public DbSet<PrivacyText> PrivacyTexts => Set<PrivacyText>();

    public DbSet<AddressRequest> AddressRequests => Set<AddressRequest>();

    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    public DbSet<RetentionReport> RetentionReports => Set<RetentionReport>();

    public DbSet<PermissionRound> PermissionRounds => Set<PermissionRound>();

    public DbSet<DomainNotice> DomainNotices => Set<DomainNotice>();

    public DbSet<OneTimeToken> OneTimeTokens => Set<OneTimeToken>();

    public DbSet<ListImport> ListImports => Set<ListImport>();

    public DbSet<ListImportPart> ListImportParts => Set<ListImportPart>();

    public DbSet<ListImportLine> ListImportLines => Set<ListImportLine>();

    public DbSet<QueuedMail> QueuedMails => Set<QueuedMail>();

    public DbSet<ReturnReport> ReturnReports => Set<ReturnReport>();

    public DbSet<PersonReply> PersonReplies => Set<PersonReply>();

    public DbSet<MailboxReading> MailboxReadings => Set<MailboxReading>();

    public DbSet<Mailing> Mailings => Set<Mailing>();

    public DbSet<MailingVariant> MailingVariants => Set<MailingVariant>();

    public DbSet<Delivery> Deliveries => Set<Delivery>();

    public DbSet<MailingCertificate> MailingCertificates => Set<MailingCertificate>();

    public DbSet<Colleague> Colleagues => Set<Colleague>();

    public DbSet<SentTestMail> SentTestMails => Set<SentTestMail>();

    public DbSet<SourceFeed> SourceFeeds => Set<SourceFeed>();

    public DbSet<FeedEntry> FeedEntries => Set<FeedEntry>();

    public DbSet<HostVisit> HostVisits => Set<HostVisit>();

    public DbSet<ItemProgress> ItemProgress => Set<ItemProgress>();

    public DbSet<ItemNote> ItemNotes => Set<ItemNote>();

    public DbSet<MergedSource> MergedSources => Set<MergedSource>();

    /// <summary>
    /// Tells every node that what readers see has changed. Set in the database, so that two changes at once count as two; call it in
    /// the transaction of the change.
    /// </summary>
    public Task RaiseContentVersionAsync(DateTime nowUtc, CancellationToken cancellationToken)
    {
        if (Database.CurrentTransaction is null)
            throw new InvalidOperationException("What readers see and its version change in one transaction, or a page that is made in between stays wrong.");
        HasRaisedContentVersion = true;
        return ContentVersions.ExecuteUpdateAsync(
            row => row.SetProperty(version => version.Number, version => version.Number + 1).SetProperty(version => version.ChangedUtc, nowUtc),
            cancellationToken);
    }

    /// <summary>True once this context has changed what readers see; its commit makes that so (<see cref="ContentChanges"/>).</summary>
    internal bool HasRaisedContentVersion { get; private set; }

    /// <summary>
    /// Holds an edition's row until the transaction ends, so that changes to one edition, approvals and publications come one after the
    /// other, and what is read from here on is one state of it. Its version, which counts its texts only, stays.
    /// </summary>
    /// <param name="month">Whose row it is.</param>
    /// <param name="changedUtc">When what follows changes the edition; null when nothing does.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public Task HoldEditionAsync(EditionMonth month, DateTime? changedUtc, CancellationToken cancellationToken)
        => Editions.Where(edition => edition.Month == month)
            .ExecuteUpdateAsync(row => row.SetProperty(edition => edition.ChangedUtc, edition => changedUtc ?? edition.ChangedUtc), cancellationToken);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcDateTimeConverter>();
        configurationBuilder.Properties<EditionMonth>().HaveConversion<EditionMonthConverter>();
        configurationBuilder.Properties<PartialDate>().HaveConversion<PartialDateConverter>().HaveMaxLength(10);
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(PulseDbContext).Assembly);
        foreach (var entity in builder.Model.GetEntityTypes())
            // A revision names the version of another row; it has none of its own.
            if (entity.ClrType != typeof(Revision) && entity.FindProperty(VersionInterceptor.Property) is { } version && version.ClrType == typeof(int))
                version.IsConcurrencyToken = true;
        if (Database.IsSqlServer())
            CompareByCharacter(builder);
    }

    /// <summary>
    /// A server's own order takes "ß" for "ss" and full-width letters for plain ones. Two addresses, or organisations, are one where this
    /// program, and SQLite, find what it normalised the same character for character.
    /// </summary>
    private static void CompareByCharacter(ModelBuilder builder)
    {
        builder.Entity<Subscriber>().Property(row => row.NormalizedEmail).UseCollation(ByCharacter);
        builder.Entity<Suppression>().Property(row => row.NormalizedEmail).UseCollation(ByCharacter);
        builder.Entity<AddressRequest>().Property(row => row.NormalizedEmail).UseCollation(ByCharacter);
        builder.Entity<Colleague>().Property(row => row.NormalizedEmail).UseCollation(ByCharacter);
        builder.Entity<PersonReply>().Property(row => row.From).UseCollation(ByCharacter);
        builder.Entity<Subscriber>().Property(row => row.OrganisationKey).UseCollation(ByCharacter);
    }
}
