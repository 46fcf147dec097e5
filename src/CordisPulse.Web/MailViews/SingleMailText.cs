using CordisPulse.Core.Mail;

namespace CordisPulse.Web.MailViews;

/// <summary>Subject and plain text of a single mail; its HTML says the same in the view of the same name.</summary>
internal static class SingleMailText
{
    public static string Subject(string view, SingleMail mail) => view switch
    {
        nameof(QueuedMailKind.ConfirmSubscription) => $"Confirm your subscription to {mail.SiteName}",
        nameof(QueuedMailKind.UnsubscribeLink) => $"Your link to unsubscribe from {mail.SiteName}",
        _ => $"You are subscribed to {mail.SiteName} already",
    };

    public static string Body(string view, SingleMail mail) => view switch
    {
        nameof(QueuedMailKind.ConfirmSubscription) => $"""
            Somebody, most likely you, asked for {mail.SiteName} to be sent to this address: one e-mail a month, and nothing else.

            To confirm, open this page within seven days and press the button:

            {mail.Link}

            If it was not you, do nothing: without your confirmation we send nothing more.

            {Sender(mail)}
            """,
        nameof(QueuedMailKind.UnsubscribeLink) => $"""
            Somebody, most likely you, asked for the link to leave {mail.SiteName}.

            To leave, open this page and press the button:

            {mail.Link}

            If it was not you, do nothing and all stays as it is.

            {Sender(mail)}
            """,
        _ => $"""
            Somebody, most likely you, asked for {mail.SiteName} to be sent to this address. It is on the list already, so there is nothing to do.

            Every edition ends with a link to leave with one click.

            {Sender(mail)}
            """,
    };

    private static string Sender(SingleMail mail) => mail.PostalAddress is null ? mail.PublisherName : $"{mail.PublisherName}\n{mail.PostalAddress}";
}
