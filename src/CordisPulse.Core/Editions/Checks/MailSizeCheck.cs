using CordisPulse.Core.Mailings.Messages;

namespace CordisPulse.Core.Editions.Checks;

/// <summary>Gmail shows the first 102 KB of a message and hides the rest, the unsubscribe link with it.</summary>
internal sealed class MailSizeCheck : IEditionCheck
{
    public IEnumerable<Finding> Check(CheckedEdition edition)
    {
        if (edition.MailHtmlBytes > EditionMail.MaxHtmlBytes)
            yield return new Finding
            {
                Kind = FindingKinds.MailSize,
                Severity = FindingSeverity.Warning,
                Place = FindingPlace.Edition,
                Message = $"The e-mail has {MailSize.Of(edition.MailHtmlBytes)} of HTML; over {MailSize.Of(EditionMail.MaxHtmlBytes)}, Gmail cuts its end off, and it is not sent. Shorten some summaries.",
            };
    }
}
