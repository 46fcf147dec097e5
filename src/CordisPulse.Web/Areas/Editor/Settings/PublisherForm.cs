using System.ComponentModel.DataAnnotations;
using CordisPulse.Core.Data;
using CordisPulse.Core.Rendering;
using CordisPulse.Core.Site;

namespace CordisPulse.Web.Areas.Editor.Settings;

public sealed class PublisherForm : IValidatableObject
{
    /// <summary>Empty rows for social links at the end of the list.</summary>
    private const int BlankLinks = 2;

    [Required(ErrorMessage = "Enter the publisher's name.")]
    [StringLength(Limits.Name, ErrorMessage = "The name can have 120 characters.")]
    public string? Name { get; set; }

    [StringLength(Limits.Line, ErrorMessage = "The postal address can have 300 characters.")]
    public string? PostalAddress { get; set; }

    [StringLength(Limits.Name, ErrorMessage = "The telephone number can have 120 characters.")]
    public string? Telephone { get; set; }

    [EmailAddress(ErrorMessage = "That is not an e-mail address. It should look like name@example.org.")]
    [StringLength(Limits.Email, ErrorMessage = "That is too long for an e-mail address.")]
    public string? Email { get; set; }

    [StringLength(Limits.Url, ErrorMessage = "That is too long for a web address.")]
    public string? Website { get; set; }

    public List<SocialLinkForm> SocialLinks { get; set; } = [];

    public int Version { get; set; }

    public static PublisherForm Of(PublisherView publisher) => new PublisherForm
    {
        Name = publisher.Name,
        PostalAddress = publisher.PostalAddress,
        Telephone = publisher.Telephone,
        Email = publisher.Email,
        Website = publisher.Website,
        SocialLinks = [.. publisher.SocialLinks.Select(link => new SocialLinkForm { Name = link.Name, Url = link.Url })],
        Version = publisher.Version,
    }.WithBlankLinks();

    public PublisherForm WithBlankLinks()
    {
        SocialLinks = [.. SocialLinks.Where(link => !link.IsBlank), .. Enumerable.Range(0, BlankLinks).Select(_ => new SocialLinkForm())];
        return this;
    }

    public SavePublisher ToSave(int byId) => new()
    {
        Name = Name!.Trim(),
        PostalAddress = Text(PostalAddress),
        Telephone = Text(Telephone),
        Email = Text(Email),
        Website = Text(Website),
        SocialLinks = [.. SocialLinks.Where(link => !link.IsBlank).Select(link => new SocialLink { Name = link.Name!.Trim(), Url = link.Url!.Trim() })],
        Version = Version,
        ById = byId,
    };

    public IEnumerable<ConflictField> BesideWhatStands(PublisherView now) =>
    [
        new("Name", now.Name, Name),
        new("Postal address", now.PostalAddress, PostalAddress),
        new("Telephone", now.Telephone, Telephone),
        new("E-mail", now.Email, Email),
        new("Website", now.Website, Website),
        new("Social links",
            string.Join('\n', now.SocialLinks.Select(link => $"{link.Name} {link.Url}")),
            string.Join('\n', SocialLinks.Where(link => !link.IsBlank).Select(link => $"{link.Name} {link.Url}"))),
    ];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!string.IsNullOrWhiteSpace(Website) && !MarkdownRenderer.IsWebLink(Website.Trim()))
            yield return new ValidationResult("The website must begin with https:// or http://.", [nameof(Website)]);
    }

    private static string? Text(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();
}

public sealed class SocialLinkForm : IValidatableObject
{
    [StringLength(Limits.Name, ErrorMessage = "The name can have 120 characters.")]
    public string? Name { get; set; }

    [StringLength(Limits.Url, ErrorMessage = "That is too long for a web address.")]
    public string? Url { get; set; }

    public bool IsBlank => string.IsNullOrWhiteSpace(Name) && string.IsNullOrWhiteSpace(Url);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (IsBlank)
            yield break;
        if (string.IsNullOrWhiteSpace(Name))
            yield return new ValidationResult("Say what this link is called, or empty its address.", [nameof(Name)]);
        if (!MarkdownRenderer.IsWebLink(Url?.Trim()))
            yield return new ValidationResult("The address must begin with https:// or http://.", [nameof(Url)]);
    }
}

public sealed record PublisherPage(PublisherForm Form, ConflictPage? Conflict);
