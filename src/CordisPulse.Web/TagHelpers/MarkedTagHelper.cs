using CordisPulse.Core.Archive;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace CordisPulse.Web.TagHelpers;

/// <summary><c>&lt;marked text="…" words="…"&gt;</c>: a text with the words that were found in <c>mark</c>.</summary>
[HtmlTargetElement("marked", TagStructure = TagStructure.WithoutEndTag)]
public sealed class MarkedTagHelper : TagHelper
{
    public string Text { get; set; } = "";

    public FoundWords Words { get; set; } = FoundWords.None;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        foreach (var piece in Words.Mark(Text))
        {
            if (piece.IsFound)
                output.Content.AppendHtml("<mark>").Append(piece.Text).AppendHtml("</mark>");
            else
                output.Content.Append(piece.Text);
        }
    }
}
