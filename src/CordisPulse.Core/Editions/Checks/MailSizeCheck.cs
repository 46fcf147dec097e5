using System.Globalization;
using CordisPulse.Core.Mailings;

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
                Message = string.Create(CultureInfo.InvariantCulture,
                    $"The e-mail has {edition.MailHtmlBytes:N0} bytes of HTML; over {EditionMail.MaxHtmlBytes:N0}, Gmail cuts its end off, and it is not sent. Shorten some summaries."),
            };
    }
}
