using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Mailings;
using CordisPulse.Core.Subscriptions;
using Microsoft.Extensions.Options;

namespace CordisPulse.Web.Areas.Editor.Correction;

/// <summary>What is typed to tell readers that something was wrong.</summary>
public sealed class CorrectionForm
{
    private const char Mark = '+';

    /// <summary>The correction that the page spoke of.</summary>
    public int Number { get; set; }

    /// <summary>Slug; nothing for the edition as a whole.</summary>
    public string? Item { get; set; }

    /// <summary><see cref="Mail"/> of the one whose readers are told; nothing for every mail.</summary>
    public string? Variant { get; set; }

    public string? Subject { get; set; }

    public string? Wrong { get; set; }

    public string? Right { get; set; }

    public string? ConfirmRecipients { get; set; }

    /// <summary>How the form names a variant, whose own name may be empty.</summary>
    /// <param name="sectors">As <see cref="MailingVariant.Sectors"/> has them.</param>
    public static string Mail(string sectors) => Mark + sectors;

    public WriteCorrection ToWrite(EditionMonth month) => new() { Month = month, Item = Chosen, Variant = ChosenVariant, Subject = Subject, Wrong = Wrong, Right = Right };

    public SendCorrection ToSend(EditionMonth month, int byId)
        => new() { Month = month, Item = Chosen, Variant = ChosenVariant, Subject = Subject, Wrong = Wrong, Right = Right, Number = Number, ById = byId, ConfirmRecipients = ConfirmRecipients };

    public string? ChosenVariant => Variant?.StartsWith(Mark) == true ? Variant[1..] : null;

    public string? Chosen => string.IsNullOrEmpty(Item) ? null : Item;
}

/// <param name="Recipients">Whom it would go to, as the form stands.</param>
public sealed record CorrectionPage(Correctable Edition, CorrectionForm Form, SectorNames SectorNames, int Recipients, bool AsksForRecipients)
{
    /// <summary>The text part of the mail, when it was asked for.</summary>
    public string? Preview { get; init; }

    public string? TestSentTo { get; init; }

    /// <summary>It goes to colleagues first, and to everybody else later.</summary>
    public bool Waits { get; init; }
}

/// <summary>Gathers what the page shows.</summary>
public sealed class CorrectionPageReader(PulseDbContext db, CorrectionMailings corrections, IOptions<MailOptions> mail)
{
    /// <param name="month">Whose edition it is.</param>
    /// <param name="typed">Null for a form that is opened: what readers of the web page were told last stands in it.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Null when the edition has not been sent, or is being sent.</returns>
    public async Task<CorrectionPage?> ReadAsync(EditionMonth month, CorrectionForm? typed, CancellationToken cancellationToken)
    {
        if (await corrections.ReadAsync(month, cancellationToken) is not { } edition)
            return null;
        var told = edition.Published is [var newest, ..] ? newest : null;
        var form = typed ?? new CorrectionForm
        {
            Number = edition.Number,
            Subject = edition.Subject,
            Item = told is { Items: [var only] } && edition.Items.Any(item => item.Slug == only) ? only : null,
            Right = told?.Text,
        };
        var recipients = await corrections.CountRecipientsAsync(month, form.Chosen, form.ChosenVariant, cancellationToken);
        return new CorrectionPage(edition, form, await SectorNames.ReadAsync(db, cancellationToken), recipients, recipients > mail.Value.ConfirmAbove) { Waits = mail.Value.WaitBeforeSending > TimeSpan.Zero };
    }
}
