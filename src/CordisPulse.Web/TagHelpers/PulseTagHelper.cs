using System.Globalization;
using CordisPulse.Core.Catalogue;
using CordisPulse.Core.Rendering;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace CordisPulse.Web.TagHelpers;

/// <summary>
/// <c>&lt;pulse of="…"&gt;</c>: an edition's drawing as inline SVG, coloured by the style sheet's <c>sector-N</c> classes. A small one
/// keeps its proportions and, standing beside words that say as much, may be <c>decorative</c>.
/// </summary>
[HtmlTargetElement("pulse", TagStructure = TagStructure.WithoutEndTag)]
public sealed class PulseTagHelper : TagHelper
{
    public Pulse Of { get; set; } = new([]);

    public bool Small { get; set; }

    public bool Decorative { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "svg";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", Small ? "pulse pulse-small" : "pulse");
        output.Attributes.SetAttribute("viewBox", $"0 0 {Number(Of.Width)} {Number(Pulse.Height)}");
        output.Attributes.SetAttribute("preserveAspectRatio", "none");
        output.Attributes.SetAttribute("focusable", "false");
        if (Decorative)
        {
            output.Attributes.SetAttribute("aria-hidden", "true");
        }
        else
        {
            output.Attributes.SetAttribute("role", "img");
            output.Attributes.SetAttribute("aria-label", $"The edition at a glance. {Of.Description}");
        }

        if (Small)
        {
            // A tenth of the bytes, where many editions stand on one page.
            foreach (var sector in Of.Draw().GroupBy(bar => bar.Colour))
                output.Content.AppendHtml(Lines(sector.Key, sector));
            return;
        }

        foreach (var bar in Of.Draw())
        {
            var rect = new TagBuilder("rect") { TagRenderMode = TagRenderMode.SelfClosing };
            rect.MergeAttribute("class", SectorClass.Of(bar.Colour));
            rect.MergeAttribute("x", Number(bar.Left));
            rect.MergeAttribute("y", Number(bar.Top));
            rect.MergeAttribute("width", Number(bar.Width));
            rect.MergeAttribute("height", Number(bar.Height));
            output.Content.AppendHtml(rect);
        }
    }

    /// <summary>Each bar as a line from its foot up, as broad as the style sheet has it.</summary>
    private static TagBuilder Lines(int colour, IEnumerable<PulseBar> bars)
    {
        var path = new TagBuilder("path") { TagRenderMode = TagRenderMode.SelfClosing };
        path.MergeAttribute("class", SectorClass.Of(colour));
        path.MergeAttribute("d", string.Concat(bars.Select(bar => string.Create(CultureInfo.InvariantCulture, $"M{bar.Left + (bar.Width / 2)} {Pulse.Height}V{bar.Top}"))));
        return path;
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The style sheets' class for a sector's colour.</summary>
public static class SectorClass
{
    public static string Of(int colour)
        => string.Create(CultureInfo.InvariantCulture, $"sector-{((colour % SectorColours.All.Count) + SectorColours.All.Count) % SectorColours.All.Count}");
}
