namespace CordisPulse.Web.MailViews;

/// <summary>What a mail to a member of staff says; its plain text and its HTML are made of this.</summary>
/// <param name="Email">Whom it goes to.</param>
/// <param name="Lines">A line each.</param>
/// <param name="Path">Where to go, relative to the site's address.</param>
internal sealed record StaffMailContent(string Email, string Subject, string Opening, IReadOnlyList<string> Lines, string Path, string LinkText);

/// <summary>What the view of a mail to staff shows.</summary>
public sealed record StaffMailPage(
    string Subject, string Opening, IReadOnlyList<string> Lines, string Link, string LinkText, string ChoiceLink, string SiteName, string PublisherName, string? PostalAddress)
{
    public string Text => $"""
        {Opening}
        {string.Concat(Lines.Select(line => $"\n- {line}\n"))}
        {LinkText}:
        {Link}

        You get this because you work at the desk of {SiteName}. Choose which of these mails you get:
        {ChoiceLink}

        {(PostalAddress is null ? PublisherName : $"{PublisherName}\n{PostalAddress}")}
        """;
}
