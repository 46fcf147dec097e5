using System.Buffers;
using System.Globalization;
using AngleSharp.Dom;

namespace CordisPulse.Core.Import;

/// <summary>What of an element's look says something: bold, italic, hidden, and how large its letters are.</summary>
/// <param name="Size">In pixels.</param>
/// <param name="Link">Where the text around leads, as Markdown can hold it.</param>
internal readonly record struct HtmlStyle(bool IsBold, bool IsItalic, double Size, string? Link, bool KeepsBlanks)
{
    private const double Usual = 16;

    private static readonly SearchValues<char> Figures = SearchValues.Create("0123456789.");

    private static readonly double[] FontSizes = [10, 13, 16, 18, 24, 32, 48];

    public static HtmlStyle Page { get; } = new(false, false, Usual, null, false);

    /// <param name="element">Whose own style is added.</param>
    /// <param name="classes">What its classes declare.</param>
    /// <returns>Null where nobody sees the element.</returns>
    public HtmlStyle? Within(IElement element, HtmlClasses classes)
    {
        var style = this;
        switch (element.LocalName)
        {
            case "b" or "strong":
                style = style with { IsBold = true };
                break;
            case "i" or "em":
                style = style with { IsItalic = true };
                break;
            case "pre":
                style = style with { KeepsBlanks = true };
                break;
            case "font" when int.TryParse(element.GetAttribute("size"), NumberStyles.None, CultureInfo.InvariantCulture, out var step) && step is >= 1 and <= 7:
                style = style with { Size = FontSizes[step - 1] };
                break;
        }

        if (element.HasAttribute("hidden"))
            return null;
        if (classes.Declarations(element) is not { } declarations)
            return style;
        var (isFlat, isCut) = (false, false);
        foreach (var declaration in declarations.Split(';'))
        {
            if (declaration.IndexOf(':', StringComparison.Ordinal) is not (> 0 and var colon))
                continue;
            var value = declaration[(colon + 1)..].Replace("!important", "", StringComparison.OrdinalIgnoreCase).Trim().ToLowerInvariant();
            switch (declaration[..colon].Trim().ToLowerInvariant())
            {
                case "display" when value == "none":
                case "visibility" when value is "hidden" or "collapse":
                    return null;
                // Links stand-ins are made for carry it too: Outlook shows the stand-in, everybody else the link.
                case "mso-hide" when value == "all" && element.LocalName != "a" && element.QuerySelector("a[href]") is null:
                    return null;
                case "max-height" when Length(value, Size) == 0:
                    isFlat = true;
                    break;
                case "overflow" when value == "hidden":
                    isCut = true;
                    break;
                case "font-weight":
                    style = style with { IsBold = value is "bold" or "bolder" || (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var weight) && weight >= 600) };
                    break;
                case "font-style":
                    style = style with { IsItalic = value is "italic" or "oblique" };
                    break;
                case "font-size" when Length(value, Size) is { } size:
                    style = style with { Size = size };
                    break;
            }
        }

        return isFlat && isCut ? null : style;
    }

    public static bool IsBlock(IElement element)
        => element.LocalName is "p" or "div" or "td" or "th" or "tr" or "table" or "tbody" or "thead" or "tfoot" or "caption" or "section" or "article" or "header" or "footer" or "main" or "aside"
            or "nav" or "center" or "address" or "figure" or "figcaption" or "dl" or "dt" or "dd" or "form" or "fieldset" or "legend" or "details" or "summary" or "blockquote" or "pre" or "ul" or "ol"
            or "li" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "body" or "hr" or "menu" or "dir"
            || (element.GetAttribute("style")?.Replace(" ", "", StringComparison.Ordinal) is { } style && style.Contains("display:block", StringComparison.OrdinalIgnoreCase));

    /// <summary>In pixels; null for what is no length.</summary>
    public static double? Length(string value, double around)
    {
        var digits = value.AsSpan().IndexOfAnyExcept(Figures);
        var unit = digits < 0 ? "" : value[digits..].Trim();
        if (digits == 0 || !double.TryParse(digits < 0 ? value : value.AsSpan(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return value switch
            {
                "x-small" => FontSizes[0],
                "small" => FontSizes[1],
                "medium" => FontSizes[2],
                "large" => FontSizes[3],
                "x-large" => FontSizes[4],
                "xx-large" => FontSizes[5],
                _ => null,
            };
        return unit switch
        {
            "px" or "" => number,
            "pt" => Math.Round(number * 4 / 3, 1),
            "em" => number * around,
            "rem" => number * Usual,
            "%" => number * around / 100,
            _ => number == 0 ? 0 : null,
        };
    }
}
