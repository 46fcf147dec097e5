using CordisPulse.Core.Audit;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Hosting;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Mailings.Messages;
using CordisPulse.Core.Subscriptions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Mailings;

/// <summary>A short mail to those who were sent something wrong.</summary>
public record WriteCorrection
{
    public required EditionMonth Month { get; init; }

    /// <summary>Slug of the item that it is about; null for the edition as a whole.</summary>
    public required string? Item { get; init; }

    /// <summary>As <see cref="MailingVariant.Sectors"/> of the one mail whose readers are told; null for every mail.</summary>
    public string? Variant { get; init; }

    public required string? Subject { get; init; }

    /// <summary>What was wrong; Markdown.</summary>
    public required string? Wrong { get; init; }

    /// <summary>What is right; Markdown.</summary>
    public required string? Right { get; init; }
}

public sealed record SendCorrection : WriteCorrection
{
    /// <summary>The number that the page spoke of: a form that is sent twice is one correction.</summary>
    public required int Number { get; init; }

    /// <summary>Null for a command.</summary>
    public required int? ById { get; init; }

    /// <summary>The number of recipients, as it was typed.</summary>
    public string? ConfirmRecipients { get; init; }
}

/// <param name="Slug">By which it is chosen.</param>
public sealed record CorrectableItem(string Slug, string Title, string Sector);

/// <summary>What there is to correct: an edition whose mailing is over, as it was mailed.</summary>
/// <param name="Number">Of the correction that would be next.</param>
/// <param name="Variants"><see cref="MailingVariant.Sectors"/> of the mails that it was sent as.</param>
/// <param name="Published">What readers of the web page were told was wrong, the newest first.</param>
public sealed record Correctable(
    EditionMonth Month, int Number, string Subject, IReadOnlyList<CorrectableItem> Items, IReadOnlyList<string> Variants, IReadOnlyList<DocumentCorrection> Published, IReadOnlyList<int> Sent);

/// <summary>Tells those who were sent an edition, and nobody else, what was wrong in it.</summary>
public sealed class CorrectionMailings(
    PulseDbContext db, MailingVariants variants, MailingBeginning beginning, TestSend tests, EditionMail mail, PublicAddress address, IOptions<MailOptions> options)
{
    public const int LongestText = 4000;

    public const string EveryVariant = "*";

    /// <returns>Null when the edition has not been sent, or is being sent.</returns>
    public async Task<Correctable?> ReadAsync(EditionMonth month, CancellationToken cancellationToken = default)
    {
        if (await MailedAsync(month, cancellationToken) is not { } mailed)
            return null;
        var numbers = await db.Mailings
            .Where(m => m.EditionId == mailed.EditionId && m.Kind == MailingKind.Correction)
            .OrderBy(m => m.Number)
            .Select(m => m.Number)
            .ToListAsync(cancellationToken);
        return new Correctable(
            month,
            numbers.LastOrDefault() + 1,
            $"Correction: {mailed.Document.Subject}",
            [.. mailed.Document.Items.Select(placed => new CorrectableItem(placed.Item.Slug, placed.Item.Title, placed.Sector.Name))],
            await VariantsOf(mailed.EditionId).OrderBy(sectors => sectors).ToListAsync(cancellationToken),
            [.. (mailed.Current.Corrections ?? []).Reverse()],
            numbers);
    }

    /// <summary>Whom a correction would go to now.</summary>
    /// <param name="month">Whose edition it corrects.</param>
    /// <param name="item">Slug of an item; null for the edition as a whole.</param>
    /// <param name="variant">As <see cref="WriteCorrection.Variant"/>.</param>
    /// <param name="cancellationToken">Ends the counting.</param>
    public async Task<int> CountRecipientsAsync(EditionMonth month, string? item, string? variant, CancellationToken cancellationToken = default)
        => await MailedAsync(month, cancellationToken) is { } mailed ? await CountRecipientsAsync(mailed, item, variant, cancellationToken) : 0;

    private Task<int> CountRecipientsAsync(Mailed mailed, string? item, string? variant, CancellationToken cancellationToken)
    {
        var heldIn = HeldIn(mailed.Document, item);
        return variants.Recipients.CountAsync(
            s => db.Deliveries.Any(d => d.SubscriberId == s.Id && d.State == DeliveryState.Sent && d.Mailing!.EditionId == mailed.EditionId && d.Mailing.Kind != MailingKind.Correction
                && (variant == null || d.Variant!.Sectors == variant)
                && (heldIn == "" || d.Variant!.Sectors == "" || ("," + d.Variant.Sectors + ",").Contains("," + heldIn + ","))),
            cancellationToken);
    }

    /// <summary>The mail as its readers would get it, for a look.</summary>
    /// <exception cref="RefusedException">The edition has not been sent, or a text is missing or too long.</exception>
    public async Task<RenderedMail> PreviewAsync(WriteCorrection write, CancellationToken cancellationToken = default)
        => await mail.RenderForLookAsync((await ComposeAsync(write, cancellationToken)).Mail, address.Links, cancellationToken);

    /// <summary>Sends it to one address for a look.</summary>
    /// <exception cref="RefusedException">The edition has not been sent, a text is missing or too long, or the mail server does not take it.</exception>
    public async Task TestAsync(WriteCorrection write, EmailAddress to, CancellationToken cancellationToken = default)
    {
        var answers = await tests.SendAsync((await ComposeAsync(write, cancellationToken)).Mail, [to], cancellationToken);
        if (answers is [{ Refusal: { } refusal }])
            throw new RefusedException($"The test was not sent: {refusal}");
    }

    /// <exception cref="FieldRefusedException">A text is missing or too long, or the number of recipients is another.</exception>
    /// <exception cref="RefusedException">It may not be sent now; the message says why.</exception>
    public async Task<MailingName> SendAsync(SendCorrection send, CancellationToken cancellationToken = default)
    {
        var (mailed, letter) = await ComposeAsync(send, cancellationToken);
        var name = MailingName.Of(send.Month, MailingKind.Correction, send.Number);
        if (await db.Mailings.AnyAsync(m => m.EditionId == mailed.EditionId && m.Kind == MailingKind.Correction && m.Number >= send.Number, cancellationToken))
            throw new RefusedException(AlreadySent(name));
        RecipientConfirmation.Refuse(
            options.Value, await CountRecipientsAsync(mailed, send.Item, send.Variant, cancellationToken), send.ConfirmRecipients, nameof(SendCorrection.ConfirmRecipients));
        var mailing = beginning.New(mailed.EditionId, mailed.CurrentId, MailingKind.Correction, send.Number, send.ById);
        mailing.ColleaguesFirst = true;
        mailing.Variants.AddRange(await variants.RenderAsync(letter, [new Wish(WantedSectors.All)], cancellationToken));
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        db.Add(mailing);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (e.IsUniqueViolation("Mailings", "EditionId"))
        {
            db.ChangeTracker.Clear();
            throw new RefusedException(AlreadySent(name));
        }

        if (await db.EnrolSentAsync(mailing.Id, mailed.EditionId, HeldIn(mailed.Document, send.Item), send.Variant ?? EveryVariant, cancellationToken) == 0)
        {
            db.ChangeTracker.Clear();
            throw new RefusedException("There is nobody to send to: whoever was sent this has left.");
        }

        db.Add(new AuditEntry { AccountId = send.ById, Act = AuditedActs.StartMailing, Subject = name.ToString() });
        await db.SaveChangesAsync(cancellationToken);
        await beginning.WaitAsync(db, mailing.Id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return name;
    }

    private IQueryable<string> VariantsOf(int editionId)
        => db.MailingVariants.Where(v => v.Mailing!.EditionId == editionId && v.Mailing.Kind != MailingKind.Correction && v.Mailing.StartedUtc != null).Select(v => v.Sectors).Distinct();

    private static string AlreadySent(MailingName name) => $"There is a {name.Title} already, sent from this form or by somebody else. Look at it before you send another.";

    /// <summary>The look of the edition's own mail, with these words in place of the edition's.</summary>
    private async Task<(Mailed Mailed, EditionDocument Mail)> ComposeAsync(WriteCorrection write, CancellationToken cancellationToken)
    {
        var mailed = await MailedAsync(write.Month, cancellationToken) ?? throw new RefusedException($"{write.Month.Title} has not been sent, so there is nobody to tell.");
        var item = mailed.Document.Items.FirstOrDefault(placed => placed.Item.Slug == write.Item)?.Item;
        if (item is null && write.Item is not null)
            throw new FieldRefusedException(nameof(write.Item), "The edition as it was mailed has no such item. Choose again.");
        if (write.Variant is not null && !await VariantsOf(mailed.EditionId).ContainsAsync(write.Variant, cancellationToken))
            throw new FieldRefusedException(nameof(write.Variant), "The edition was not sent as such a mail. Choose again.");
        var subject = Checked(write.Subject, nameof(write.Subject), "Enter the subject.", Limits.Line);
        var wrong = Checked(write.Wrong, nameof(write.Wrong), "Say what was wrong.", LongestText);
        var right = Checked(write.Right, nameof(write.Right), "Say what is right.", LongestText);
        // The item may have another address by now, or none; its old one leads on.
        var page = item is null ? address.Links.Edition(write.Month) : address.Links.Item(write.Month, item.Slug);
        return (mailed, mailed.Current with
        {
            Title = $"Correction to {mailed.Current.Title}",
            Subject = subject,
            Preheader = item is null ? $"What was wrong in {mailed.Current.Title}, and what is right" : $"What was wrong about “{item.Title}”, and what is right",
            Introduction = $"## What was wrong\n\n{wrong}\n\n## What is right\n\n{right}\n\n[{(item is null ? "The edition" : "The item")} on the web]({page})",
            SignOff = null,
            News = [],
            Sectors = [],
        });
    }

    private static string Checked(string? text, string field, string whenMissing, int longest)
    {
        var clean = (text ?? "").ReplaceLineEndings("\n").Trim();
        if (!VisibleText.IsIn(clean))
            throw new FieldRefusedException(field, whenMissing);
        return clean.Length <= longest ? clean : throw new FieldRefusedException(field, $"This can have {longest:N0} characters; these are {clean.Length:N0}.");
    }

    /// <summary>Slug of the sector that the item stood in; empty for the edition as a whole.</summary>
    private static string HeldIn(EditionDocument document, string? item)
        => document.Items.FirstOrDefault(placed => item is not null && placed.Item.Slug == item)?.Sector.Slug ?? "";

    /// <summary>What the edition's own mailing sent, once it is over, and what readers of the web page see now.</summary>
    private async Task<Mailed?> MailedAsync(EditionMonth month, CancellationToken cancellationToken)
    {
        var row = await db.Mailings.AsNoTracking()
            .Named(month)
            .Where(m => m.StartedUtc != null)
            .Select(m => new { m.State, m.EditionId, m.PublishedEdition!.Document, m.Edition!.PublishedRevision })
            .FirstOrDefaultAsync(cancellationToken);
        if (row is not { State: MailingState.Completed or MailingState.Cancelled })
            return null;
        var current = await db.PublishedEditions.AsNoTracking()
            .Where(p => p.EditionId == row.EditionId && p.Revision == row.PublishedRevision)
            .Select(p => new { p.Id, p.Document })
            .SingleOrDefaultAsync(cancellationToken);
        return current is null ? null : new Mailed(row.EditionId, EditionDocument.FromJson(row.Document), current.Id, EditionDocument.FromJson(current.Document));
    }

    private sealed record Mailed(int EditionId, EditionDocument Document, int CurrentId, EditionDocument Current);
}
