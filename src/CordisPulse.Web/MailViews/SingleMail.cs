namespace CordisPulse.Web.MailViews;

/// <summary>What the views of a single mail show.</summary>
/// <param name="Link">Where to go.</param>
/// <param name="Unsubscribe">Where to leave.</param>
public sealed record SingleMail(string SiteName, string PublisherName, string? PostalAddress, string Link, string Unsubscribe);
