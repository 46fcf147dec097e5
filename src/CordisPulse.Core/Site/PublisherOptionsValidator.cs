using CordisPulse.Core.Data;
using CordisPulse.Core.Rendering;
using CordisPulse.Core.Subscriptions;
using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Site;

/// <summary>Holds the first values to what staff may enter on the page of the settings.</summary>
internal sealed class PublisherOptionsValidator : IValidateOptions<PublisherOptions>
{
    public ValidateOptionsResult Validate(string? name, PublisherOptions options)
    {
        var problems = Problems(options).ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> Problems(PublisherOptions options)
    {
        if (IsNoName(options.Name))
            yield return $"Publisher:Name must be the publisher's name, of at most {Limits.Name} characters.";
        if (options.PostalAddress?.Length > Limits.Line)
            yield return $"Publisher:PostalAddress must have at most {Limits.Line} characters.";
        if (options.Telephone?.Length > Limits.Name)
            yield return $"Publisher:Telephone must have at most {Limits.Name} characters.";
        if (options.Email is { Length: > 0 } email && !EmailAddress.TryParse(email, out _, out _))
            yield return $"Publisher:Email is \"{email}\"; it must be an e-mail address such as pulse@example.org.";
        if (options.Website is { Length: > 0 } website && IsNoLink(website))
            yield return $"Publisher:Website is \"{website}\"; it must be a web address that begins with https:// or http://.";
        for (var i = 0; i < options.SocialLinks.Count; i++)
        {
            var link = options.SocialLinks[i];
            if (IsNoName(link.Name))
                yield return $"Publisher:SocialLinks:{i}:Name must be the name of the place, of at most {Limits.Name} characters.";
            if (IsNoLink(link.Url))
                yield return $"Publisher:SocialLinks:{i}:Url is \"{link.Url}\"; it must be a web address that begins with https:// or http://.";
        }
    }

    private static bool IsNoName(string? text) => string.IsNullOrWhiteSpace(text) || text.Length > Limits.Name;

    private static bool IsNoLink(string? url) => url is null || url.Length > Limits.Url || !MarkdownRenderer.IsWebLink(url);
}
