namespace CordisPulse.Web.MailViews;

/// <summary>What the views of a single mail show.</summary>
/// <param name="Link">Where to go.</param>
/// <param name="Unsubscribe">Where to leave.</param>
/// <param name="Silence">What follows when a question is not answered, as a sentence; null where none is asked.</param>
/// <param name="Paused">Until which day nothing is sent; null where no pause is.</param>
public sealed record SingleMail(string SiteName, string PublisherName, string? PostalAddress, string Link, string Unsubscribe, string? Silence = null, string? Paused = null);
