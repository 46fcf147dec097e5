using CordisPulse.Core.Mail;

namespace CordisPulse.Web.MailViews;

/// <summary>Subject and plain text of a single mail; its HTML says the same in the view of the same name.</summary>
internal static class SingleMailText
{
    public static string Subject(string view, SingleMail mail) => view switch
    {
        nameof(QueuedMailKind.ConfirmSubscription) => $"Confirm your subscription to {mail.SiteName}",
        nameof(QueuedMailKind.UnsubscribeLink) => $"Your link to unsubscribe from {mail.SiteName}",
        nameof(QueuedMailKind.OwnDataLink) => $"Your link to what {mail.SiteName} holds about you",
        nameof(QueuedMailKind.ConfirmAddress) => $"Is this your new address for {mail.SiteName}?",
        nameof(QueuedMailKind.StillWanted) => $"Do you still want {mail.SiteName}?",
        _ => $"You are subscribed to {mail.SiteName} already",
    };

    public static string Body(string view, SingleMail mail) => view switch
    {
        nameof(QueuedMailKind.ConfirmSubscription) => $"""
            Somebody, most likely you, asked for {mail.SiteName} to be sent to this address: one e-mail a month, and nothing else.

            To confirm, open this page within seven days and press the button:

            {mail.Link}

            If it was not you, do nothing, and all stays as it is.

            {Sender(mail)}
            """,
        nameof(QueuedMailKind.UnsubscribeLink) => $"""
            Somebody, most likely you, asked for the link to leave {mail.SiteName}.

            To leave, open this page and press the button:

            {mail.Link}

            If it was not you, do nothing and all stays as it is.

            {Sender(mail)}
            """,
        nameof(QueuedMailKind.OwnDataLink) => $"""
            Somebody, most likely you, asked to see what {mail.SiteName} holds about you.

            Open this page within an hour and press the button. There you can read it, change it, take a copy with you or have it erased:

            {mail.Link}

            If it was not you, do nothing: nobody else can read what this link opens.

            {Sender(mail)}
            """,
        nameof(QueuedMailKind.ConfirmAddress) => $"""
            Somebody, most likely you, gave this as their new address for {mail.SiteName}.

            To confirm, open this page within a day and press the button:

            {mail.Link}

            If it was not you, do nothing, and all stays as it is.

            {Sender(mail)}
            """,
        nameof(QueuedMailKind.StillWanted) => $"""
            You have been getting {mail.SiteName} once a month for some time. Do you still want it?

            Open this page to say yes, to choose other sectors, to pause or to leave:

            {mail.Link}

            {mail.Silence}

            To leave at once:

            {mail.Unsubscribe}

            We ask because we do not watch whether you open or read what we send.

            {Sender(mail)}
            """,
        _ => $"""
            Somebody, most likely you, asked for {mail.SiteName} to be sent to this address. {(mail.Paused is null ? "It is on the list already, so there is nothing to do." : $"It is on the list already, and paused until {mail.Paused}: until then it gets nothing.")}

            {(mail.Paused is null ? "To choose sectors, pause or leave:" : "To end the pause, choose sectors or leave:")}

            {mail.Link}

            {Sender(mail)}
            """,
    };

    private static string Sender(SingleMail mail) => mail.PostalAddress is null ? mail.PublisherName : $"{mail.PublisherName}\n{mail.PostalAddress}";
}
