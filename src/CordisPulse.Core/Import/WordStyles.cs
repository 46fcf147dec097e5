using System.Globalization;
using System.Xml.Linq;

namespace CordisPulse.Core.Import;

/// <summary>What a Word file's styles and numbering say of a paragraph or a piece of text. Names are matched without their namespace: there are two of it.</summary>
internal sealed class WordStyles
{
    /// <summary>Styles may be based on each other in a circle.</summary>
    private const int LongestChain = 20;

    private const double UsualSize = 11;

    private readonly Dictionary<string, XElement> _styles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _abstractOf = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Abstract, int Level), (bool IsNumbered, int First)> _levels = [];
    private readonly XElement? _defaults;
    private readonly string? _usual;

    public WordStyles(XElement? styles, XElement? numbering)
    {
        _defaults = styles.Below("docDefaults").Below("rPrDefault").Below("rPr");
        foreach (var style in styles?.Elements().Where(element => element.Name.LocalName == "style") ?? [])
        {
            if (style.Said("styleId") is not { } id)
                continue;
            _styles.TryAdd(id, style);
            if (style.Said("type") == "paragraph" && style.Said("default") is "1" or "true")
                _usual ??= id;
        }

        foreach (var element in numbering?.Elements() ?? [])
            if (element is { Name.LocalName: "num" } && element.Said("numId") is { } number && element.Below("abstractNumId").Said("val") is { } of)
                _abstractOf.TryAdd(number, of);
            else if (element is { Name.LocalName: "abstractNum" } && element.Said("abstractNumId") is { } id)
                foreach (var level in element.Elements().Where(child => child.Name.LocalName == "lvl"))
                    _levels.TryAdd(
                        (id, Number(level.Said("ilvl")) ?? 0),
                        (level.Below("numFmt").Said("val") is not ("bullet" or "none"), Number(level.Below("start").Said("val")) ?? 1));
    }

    /// <summary>1 to 6 for a heading, else null.</summary>
    public int? HeadingLevel(XElement paragraph)
    {
        if (paragraph.Below("pPr").Below("outlineLvl").Said("val") is { } own)
            return Number(own) is >= 0 and < 6 and var level ? level + 1 : null;
        foreach (var style in Chain(StyleOf(paragraph)))
        {
            var name = (style.Below("name").Said("val") ?? "").ToLowerInvariant();
            if (name == "title")
                return 1;
            if (name.StartsWith("heading ", StringComparison.Ordinal) && Number(name["heading ".Length..]) is >= 1 and <= 9 and var number)
                return Math.Min(6, number);
            if (style.Below("pPr").Below("outlineLvl").Said("val") is { } outline)
                return Number(outline) is >= 0 and < 6 and var level ? level + 1 : null;
        }

        return null;
    }

    /// <summary>In one of Word's own styles for quotations, or one made of it.</summary>
    public bool IsQuotation(XElement paragraph)
        => Chain(StyleOf(paragraph)).Any(style => (style.Below("name").Said("val") ?? "").ToLowerInvariant() is "quote" or "intense quote");

    /// <summary>Null for a paragraph that is no entry of a list.</summary>
    public WordListPlace? ListPlace(XElement paragraph)
    {
        XElement? numbering = paragraph.Below("pPr").Below("numPr");
        foreach (var style in Chain(StyleOf(paragraph)))
            numbering ??= style.Below("pPr").Below("numPr");
        if (numbering.Below("numId").Said("val") is not { } id || id == "0" || !_abstractOf.TryGetValue(id, out var of))
            return null;
        var level = Math.Clamp(Number(numbering.Below("ilvl").Said("val")) ?? 0, 0, 8);
        var (isNumbered, first) = _levels.GetValueOrDefault((of, level), (false, 1));
        return new WordListPlace(id, level, isNumbered, Math.Clamp(first, 0, 999));
    }

    /// <param name="run">The piece of text.</param>
    /// <param name="paragraph">Whose style counts, but not in a quotation: it is in italics for being one.</param>
    /// <param name="isQuotation">The paragraph is one.</param>
    public WordLook LookOf(XElement run, XElement paragraph, bool isQuotation)
    {
        var own = run.Below("rPr");
        List<XElement?> all = [own, .. Chain(own.Below("rStyle").Said("val")).Select(style => style.Below("rPr")), .. isQuotation ? [] : Chain(StyleOf(paragraph)).Select(style => style.Below("rPr")), _defaults];
        return new WordLook(
            Switched(all, "b"),
            Switched(all, "i"),
            Switched(all, "vanish"),
            all.Select(look => Number(look.Below("sz").Said("val"))).FirstOrDefault(size => size is not null) / 2.0 ?? UsualSize);
    }

    private string? StyleOf(XElement paragraph) => paragraph.Below("pPr").Below("pStyle").Said("val") ?? _usual;

    private IEnumerable<XElement> Chain(string? id)
    {
        for (var i = 0; i < LongestChain && id is not null && _styles.TryGetValue(id, out var style); i++)
        {
            yield return style;
            id = style.Below("basedOn").Said("val");
        }
    }

    private static bool Switched(List<XElement?> looks, string name)
        => looks.Select(look => look.Below(name)).FirstOrDefault(found => found is not null) is { } element && element.Said("val") is not ("0" or "false" or "off" or "none");

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <param name="Size">In points.</param>
internal readonly record struct WordLook(bool IsBold, bool IsItalic, bool IsHidden, double Size);

internal readonly record struct WordListPlace(string List, int Level, bool IsNumbered, int First);

internal static class WordXml
{
    /// <summary>The first child of that name.</summary>
    public static XElement? Below(this XElement? element, string name) => element?.Elements().FirstOrDefault(child => child.Name.LocalName == name);

    /// <summary>The attribute of that name.</summary>
    public static string? Said(this XElement? element, string name) => element?.Attributes().FirstOrDefault(attribute => attribute.Name.LocalName == name)?.Value;
}
