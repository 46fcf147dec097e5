using System.Text.Json;
using System.Text.Json.Serialization;
using CordisPulse.Core;
using CordisPulse.Web.Hosting;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace CordisPulse.Web.Areas.Editor.SignIn;

/// <summary>A form that was sent to the desk by somebody whose sign-in had ended.</summary>
/// <param name="Address">The path and query that it was sent to.</param>
/// <param name="Fields">Names and values in the order they were sent, without the antiforgery token.</param>
/// <param name="HadFile">A file was sent with it, which is not held: it can't be sent on, and has to be chosen again.</param>
public sealed record HeldForm(string Address, IReadOnlyList<KeyValuePair<string, string>> Fields, bool HadFile = false)
{
    /// <summary>So much of a field is shown: enough to tell what it is.</summary>
    private const int LongestShown = 200;

    /// <summary>The pages that files are chosen on.</summary>
    private static readonly string[] FilePages = ["/editor/import", "/editor/subscribers/import"];

    /// <summary>Where the file is chosen.</summary>
    [JsonIgnore]
    public string FilePage => FilePages.FirstOrDefault(page => Address.StartsWith(page, StringComparison.OrdinalIgnoreCase)) ?? "/editor";

    /// <summary>What somebody looks at before it is sent on, under names that read as words; without what the framework adds to a form.</summary>
    [JsonIgnore]
    public IEnumerable<KeyValuePair<string, string>> Shown => Fields
        .Where(sent => !string.IsNullOrWhiteSpace(sent.Value) && !sent.Key.StartsWith("__", StringComparison.Ordinal))
        .Select(sent => KeyValuePair.Create(InWords(sent.Key), sent.Value.Length > LongestShown ? ShortText.Of(sent.Value, LongestShown) + "…" : sent.Value));

    private static string InWords(string name)
    {
        var last = name[(name.LastIndexOf('.') + 1)..];
        return string.Concat(last.Select((letter, i) => i > 0 && char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : $"{letter}"));
    }
}

/// <summary>
/// Holds forms over a sign-in: sealed, the sign-in page itself carries them, so that what somebody typed is kept nowhere on the server before
/// it is known who they are.
/// </summary>
public sealed class HeldForms(IDataProtectionProvider protection, IOptions<AntiforgeryOptions> antiforgery)
{
    /// <summary>In bytes. A longer text has its draft.</summary>
    private const int Longest = 512 * 1024;

    private readonly TimedSeal _seal = new(protection, "CordisPulse.HeldForm", TimedSeal.SignIn);

    /// <returns>Null for what is no form of ours that a person has sent, or is too long.</returns>
    public async Task<(string Sealed, bool HadFile)?> HoldAsync(HttpRequest request)
    {
        if (!HttpMethods.IsPost(request.Method) || !IsOfAPage(request) || !IsOurs(request))
            return null;
        if (request.ContentLength is not <= Longest)
            // Not read: of our forms only those with a file are of this kind.
            return request.HasFormContentType && request.ContentType!.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) ? (Seal(request, [], true), true) : null;
        var (form, _) = await PostedForm.ReadAsync(request);
        if (form is not { Count: > 0 })
            return null;
        var hadFile = form.Files.Count > 0;
        var fields = form
            .Where(field => field.Key != antiforgery.Value.FormFieldName)
            .SelectMany(field => field.Value.Select(value => KeyValuePair.Create(field.Key, value ?? "")));
        return (Seal(request, [.. fields], hadFile), hadFile);
    }

    /// <returns>Null for what was sealed too long ago, or never.</returns>
    public HeldForm? Open(string? held) => _seal.Open(held) is { } json ? JsonSerializer.Deserialize<HeldForm>(json) : null;

    private string Seal(HttpRequest request, IReadOnlyList<KeyValuePair<string, string>> fields, bool hadFile)
        => _seal.Seal(JsonSerializer.Serialize(new HeldForm($"{request.Path}{request.QueryString}", fields, hadFile)));

    /// <summary>
    /// Nobody is to be led to send on the form of another site, nor of another port or name beside ours, for which cookies do not tell. A browser
    /// says where a form is from (Fetch Metadata, Sec-Fetch-Site), or, without TLS, of which origin; of one that says neither none is held.
    /// </summary>
    private static bool IsOurs(HttpRequest request) => request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site
        ? site == "same-origin"
        : request.Headers.Origin == $"{request.Scheme}{Uri.SchemeDelimiter}{request.Host}";

    /// <summary>A script reads no page: it says itself that somebody is signed out.</summary>
    private static bool IsOfAPage(HttpRequest request) => request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
