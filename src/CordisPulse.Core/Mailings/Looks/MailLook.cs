using System.Text;
using System.Text.RegularExpressions;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace CordisPulse.Core.Mailings.Looks;

/// <param name="Effects">What the program does to this mail that a reader sees, each in a sentence.</param>
public sealed record SeenMail(string Html, IReadOnlyList<string> Effects);

/// <summary>
/// A mail's HTML part as one program would show it, as far as is known: styles that it ignores are taken out, its dark mode is put on, and
/// what it cuts off is gone.
/// </summary>
public static partial class MailLook
{
    private static readonly HtmlParser Parser = new(new HtmlParserOptions { IsKeepingSourceReferences = false });

    /// <param name="dark">The reader has chosen dark; whatever the looking browser prefers plays no part.</param>
    public static SeenMail In(MailProgram program, string html, bool dark)
    {
        var effects = new List<string>();
        var (shown, isCut) = Cut(html, program.CutsAtBytes);
        if (program.ReadsConditionalComments)
            shown = ConditionalComment().Replace(shown, "$1");
        var document = Parser.ParseDocument(shown);
        if (isCut)
            effects.Add(MarkCut(document, Parser.ParseDocument(html), program));
        effects.AddRange(Untie(document, program));
        // The frame that shows it must not follow the looking browser.
        var scheme = dark && program.Dark != DarkMode.Untouched ? "dark" : "light";
        effects.AddRange(ResolveStyleSheets(document, program, dark, scheme));
        foreach (var meta in document.QuerySelectorAll("meta[name$=color-scheme], meta[name$=color-schemes]"))
            meta.SetAttribute("content", scheme);
        if (dark && program.Dark == DarkMode.Inverted)
            effects.Add(Invert(document));
        if (dark && program.Dark == DarkMode.Untouched)
            effects.Add("In dark mode the mail stays light.");
        return new SeenMail(document.ToHtml(), [.. effects.Distinct()]);
    }

    private static (string Html, bool IsCut) Cut(string html, int? bytes)
    {
        if (bytes is not { } most || Encoding.UTF8.GetByteCount(html) <= most)
            return (html, false);
        var length = 0;
        var taken = 0;
        foreach (var rune in html.EnumerateRunes())
        {
            if (taken + rune.Utf8SequenceLength > most)
                break;
            taken += rune.Utf8SequenceLength;
            length += rune.Utf16SequenceLength;
        }

        // Not within a tag, which the parser would show as text.
        var shown = html[..length];
        var (opens, closes) = (shown.LastIndexOf('<'), shown.LastIndexOf('>'));
        return (opens > closes ? shown[..opens] : shown, true);
    }

    private static string MarkCut(IHtmlDocument shown, IHtmlDocument whole, MailProgram program)
    {
        var note = shown.CreateElement("p");
        note.TextContent = "[Message clipped]  View entire message";
        shown.Body!.Append(note);
        var items = whole.QuerySelectorAll("h4");
        var seen = shown.QuerySelectorAll("h4").Length;
        return seen < items.Length
            ? $"{program.Name} cuts the mail off: “{items[seen].TextContent.Trim()}” and all that follows is hidden, the unsubscribe link with it."
            : $"{program.Name} cuts the mail off: its end is hidden, the unsubscribe link with it.";
    }

    /// <summary>Takes the styles that the program ignores from the tags.</summary>
    private static List<string> Untie(IHtmlDocument document, MailProgram program)
    {
        var effects = new List<string>();
        foreach (var element in document.QuerySelectorAll("[style]"))
        {
            var kept = new List<StyleDeclaration>();
            foreach (var declaration in StyleText.Declarations(element.GetAttribute("style")!))
            {
                var feature = MailPrograms.OfProperty(declaration.Property);
                var isIgnored = feature?.IsIgnoredBy(program, element.LocalName) == true;
                if (!isIgnored)
                    kept.Add(declaration);
                if (feature?.Effect is { } effect && (isIgnored || feature.DiffersIn.Contains(program.Key)))
                    effects.Add(effect);
            }

            element.SetAttribute("style", StyleText.Write(kept));
        }

        return effects;
    }

    private static List<string> ResolveStyleSheets(IHtmlDocument document, MailProgram program, bool dark, string scheme)
    {
        var effects = new List<string>();
        foreach (var style in document.QuerySelectorAll("style"))
        {
            if (style.TextContent.Length > program.LargestStyle)
            {
                effects.AddRange(from feature in MailPrograms.Features
                                 where feature.Media is not null && feature.Effect is not null && feature.IgnoredBy.Contains(program.Key) && style.TextContent.Contains(feature.Media, StringComparison.Ordinal)
                                 select feature.Effect);
                style.Remove();
                continue;
            }

            style.TextContent = StyleText.Resolve(style.TextContent, condition => FateOf(condition, program, dark, effects))
                .Replace(":light dark", $":{scheme}", StringComparison.Ordinal);
        }

        return effects;
    }

    private static MediaFate FateOf(string condition, MailProgram program, bool dark, List<string> effects)
    {
        if (MailPrograms.Features.FirstOrDefault(feature =>
            feature.Media is { } media && condition.Contains(media, StringComparison.Ordinal) && feature.IgnoredBy.Contains(program.Key)) is { } ignored)
        {
            if (ignored.Effect is not null)
                effects.Add(ignored.Effect);
            return MediaFate.Drop;
        }

        return !condition.Contains("prefers-color-scheme", StringComparison.Ordinal) ? MediaFate.Keep
            : dark ? MediaFate.Unwrap
            : MediaFate.Drop;
    }

    private static string Invert(IHtmlDocument document)
    {
        foreach (var element in document.QuerySelectorAll("[style]"))
            element.SetAttribute("style", StyleText.Write(
                StyleText.Declarations(element.GetAttribute("style")!).Select(declaration => declaration with { Value = InvertedColour.In(declaration) })));
        return "In dark mode it turns our colours round by rules of its own; here is about how.";
    }

    [GeneratedRegex(@"<!--\[if mso\]>(.*?)<!\[endif\]-->", RegexOptions.Singleline)]
    private static partial Regex ConditionalComment();
}
