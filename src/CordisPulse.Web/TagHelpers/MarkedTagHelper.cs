using CordisPulse.Core.Archive;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace CordisPulse.Web.TagHelpers;

/// <summary><c>&lt;marked text="…" /&gt;</c>: a text with what was searched for in <c>mark</c>.</summary>
[HtmlTargetElement("marked", TagStructure = TagStructure.WithoutEndTag)]
public sealed class MarkedTagHelper : TagHelper
{
    public MarkedText Text { get; set; } = MarkedText.Plain("");

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        foreach (var piece in Text.Pieces)
        {
            if (piece.IsFound)
                output.Content.AppendHtml("<mark>").Append(piece.Text).AppendHtml("</mark>");
            else
                output.Content.Append(piece.Text);
        }
    }
}
