using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace CordisPulse.Tests;

/// <summary>Somebody who opens pages and submits the forms that were rendered on them. Redirects are answers, not followed.</summary>
public sealed class Visitor : IDisposable
{
    private readonly CookieJar _jar = new();

    public Visitor(Uri address) => Http = new HttpClient(_jar) { BaseAddress = address };

    public HttpClient Http { get; }

    public IReadOnlyCollection<Cookie> Cookies => [.. _jar.Cookies.GetAllCookies().Cast<Cookie>()];

    public async Task<WebPage> GetAsync(string path)
    {
        using var response = await Http.GetAsync(path);
        return await WebPage.ReadAsync(response);
    }

    /// <summary>Opens where a redirect leads.</summary>
    public async Task<WebPage> FollowAsync(WebPage answer)
    {
        Assert.InRange((int)answer.Status, 301, 308);
        return await GetAsync(answer.Location!.ToString());
    }

    /// <summary>
    /// Fills the rendered form and submits it as a browser would: every field it came with, changed by <paramref name="values"/>, whose
    /// names must exist in the form. A null value unticks a box.
    /// </summary>
    /// <param name="form">Selector of the form; the only one of <c>main</c> when it is left out.</param>
    /// <param name="button">Selector of the button that is pressed, within the form or said to be its own, for its name, value and address.</param>
    public async Task<WebPage> SubmitAsync(WebPage page, Dictionary<string, string?>? values = null, string form = "main form", string? button = null)
    {
        var element = page.Document.QuerySelectorAll(form).OfType<IHtmlFormElement>().FirstOrDefault()
            ?? throw new InvalidOperationException($"No form '{form}' on {page.Path}:\n{page.Html}");
        var pressed = button is null ? null : (element.QuerySelector(button) ?? page.Document.QuerySelectorAll(button).FirstOrDefault(one => element.Elements.Contains(one))) as IHtmlButtonElement
            ?? throw new InvalidOperationException($"No button '{button}' in '{form}' on {page.Path}.");
        var fields = FieldsOf(element).ToList();
        foreach (var (name, value) in values ?? [])
        {
            if (element.Elements.All(field => field.GetAttribute("name") != name))
                throw new InvalidOperationException($"The form '{form}' on {page.Path} has no field '{name}'.");
            fields.RemoveAll(field => field.Key == name);
            if (value is not null)
                fields.Add(new(name, value));
        }

        if (pressed?.Name is { Length: > 0 } pressedName)
            fields.Add(new(pressedName, pressed.Value));
        var action = pressed?.GetAttribute("formaction") ?? element.GetAttribute("action");
        var target = new Uri(new Uri(Http.BaseAddress!, page.Path), string.IsNullOrEmpty(action) ? page.Path : action);
        if (string.Equals(element.Method, "get", StringComparison.OrdinalIgnoreCase))
        {
            var query = string.Join('&', fields.Select(field => $"{Uri.EscapeDataString(field.Key)}={Uri.EscapeDataString(field.Value)}"));
            return await GetAsync(new UriBuilder(target) { Query = query }.Uri.PathAndQuery);
        }

        using var content = Content(element, fields);
        using var response = await Http.PostAsync(target, content);
        return await WebPage.ReadAsync(response);
    }

    public void Dispose()
    {
        Http.Dispose();
        _jar.Dispose();
    }

    private static HttpContent Content(IHtmlFormElement form, List<KeyValuePair<string, string>> fields)
    {
        if (!string.Equals(form.Enctype, "multipart/form-data", StringComparison.OrdinalIgnoreCase))
            return new FormUrlEncodedContent(fields);
        var content = new MultipartFormDataContent();
        var files = form.Elements.OfType<IHtmlInputElement>().Where(input => input.Type == "file").Select(input => input.Name).ToHashSet();
        foreach (var (name, value) in fields)
            if (files.Contains(name))
                // A field that takes several files holds a path on each line.
                foreach (var path in value.Split('\n'))
                    content.Add(new ByteArrayContent(File.ReadAllBytes(path)), name, Path.GetFileName(path));
            else
                content.Add(new StringContent(value), name);
        return content;
    }

    private static IEnumerable<KeyValuePair<string, string>> FieldsOf(IHtmlFormElement form)
    {
        foreach (var field in form.Elements)
        {
            if (field.GetAttribute("name") is not { Length: > 0 } name || field.HasAttribute("disabled"))
                continue;
            switch (field)
            {
                case IHtmlInputElement { Type: "submit" or "button" or "file" or "image" }:
                    break;
                case IHtmlInputElement { Type: "checkbox" or "radio" } box:
                    if (box.IsChecked)
                        yield return new(name, box.HasAttribute("value") ? box.Value : "on");
                    break;
                case IHtmlInputElement input:
                    yield return new(name, input.Value);
                    break;
                case IHtmlTextAreaElement text:
                    yield return new(name, text.Value);
                    break;
                case IHtmlSelectElement select:
                    foreach (var option in select.SelectedOptions)
                        yield return new(name, option.Value);
                    break;
            }
        }
    }
}

/// <summary>Keeps cookies as a browser does that speaks https to a proxy in front of the program.</summary>
internal sealed class CookieJar() : DelegatingHandler(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false })
{
    public CookieContainer Cookies { get; } = new();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var seen = new UriBuilder(request.RequestUri!) { Scheme = Uri.UriSchemeHttps }.Uri;
        if (Cookies.GetCookieHeader(seen) is { Length: > 0 } kept)
            request.Headers.Add("Cookie", kept);
        var response = await base.SendAsync(request, cancellationToken);
        if (response.Headers.TryGetValues("Set-Cookie", out var cookies))
            foreach (var cookie in cookies)
                Cookies.SetCookies(seen, cookie);
        return response;
    }
}

/// <summary>One answer of the program.</summary>
public sealed record WebPage(string Path, HttpStatusCode Status, Uri? Location, string Html, IHtmlDocument Document, IReadOnlyDictionary<string, string> Headers)
{
    private static readonly HtmlParser Parser = new();

    public string Text => Document.Body?.TextContent ?? "";

    public static async Task<WebPage> ReadAsync(HttpResponseMessage response)
    {
        var html = await response.Content.ReadAsStringAsync();
        var headers = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        return new WebPage(
            response.RequestMessage!.RequestUri!.PathAndQuery, response.StatusCode, response.Headers.Location, html,
            await Parser.ParseDocumentAsync(html), headers);
    }

    /// <summary>The one element; fails with the page when there is none.</summary>
    public IElement One(string selector)
        => Document.QuerySelector(selector) ?? throw new InvalidOperationException($"No '{selector}' on {Path} ({Status}):\n{Html}");

    public IEnumerable<string> Texts(string selector) => Document.QuerySelectorAll(selector).Select(element => element.TextContent.Trim());
}
