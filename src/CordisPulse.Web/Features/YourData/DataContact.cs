using CordisPulse.Core.Mail;
using CordisPulse.Core.Site;
using Microsoft.Extensions.Options;

namespace CordisPulse.Web.Features.YourData;

/// <summary>Whom to write to about what is held; blanks where nothing is given.</summary>
public sealed record DataContactView(string Name, string? Email, string? PostalAddress, string? Telephone);

/// <summary>
/// The controller, reached as the privacy page says: what the publisher's details give, or else the address that replies go to. Whoever can't read
/// the mailbox that a link would go to needs another way.
/// </summary>
public sealed class DataContact(Publisher publisher, IOptions<MailOptions> mail)
{
    public async Task<DataContactView> GetAsync(CancellationToken cancellationToken)
    {
        var details = await publisher.GetAsync(cancellationToken);
        return new DataContactView(details.Name, Given(details.Email) ?? Given(mail.Value.ReplyTo), Given(details.PostalAddress), Given(details.Telephone));
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
