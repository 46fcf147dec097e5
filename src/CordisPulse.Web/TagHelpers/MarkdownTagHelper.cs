using CordisPulse.Core.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace CordisPulse.Web.TagHelpers;

/// <summary><c>&lt;markdown text="…"&gt;</c>: the HTML of a Markdown text, its headings from level <c>top-heading</c> down.</summary>
[HtmlTargetElement("markdown", TagStructure = TagStructure.WithoutEndTag)]
public sealed class MarkdownTagHelper(MarkdownRenderer renderer) : TagHelper
{
    public string Text { get; set; } = "";

    public int TopHeading { get; set; } = 4;

    public Func<string, string?>? Resolve { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Content.SetHtmlContent(renderer.ToHtml(Text, TopHeading, Resolve));
    }
}
