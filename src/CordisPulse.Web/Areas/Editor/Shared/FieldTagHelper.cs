using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace CordisPulse.Web.Areas.Editor;

/// <summary>
/// One field of a form: label above, then hint, what is wrong, the control that it encloses, and what the checks say, tied together for
/// screen readers. Several controls that answer one question have a legend in place of the label, and a tick may have neither.
/// <code>&lt;field for="Email" label="E-mail address" hint="…"&gt;&lt;input asp-for="Email"&gt;&lt;/field&gt;</code>
/// <code>&lt;field name="Search" label="Address or name"&gt;&lt;input id="Search" name="Search"&gt;&lt;/field&gt;</code>
/// </summary>
[HtmlTargetElement("field", Attributes = "for")]
[HtmlTargetElement("field", Attributes = "name")]
public sealed class FieldTagHelper : TagHelper
{
    public ModelExpression? For { get; set; }

    /// <summary>Of a field that the view's model does not have: as its errors are known by, whole.</summary>
    public string? Name { get; set; }

    public string? Label { get; set; }

    public string? Legend { get; set; }

    public string? Hint { get; set; }

    /// <summary>What the checks say of it as it was saved.</summary>
    public IEnumerable<string> Found { get; set; } = [];

    [ViewContext]
    [HtmlAttributeNotBound]
    public required ViewContext ViewContext { get; set; }

    /// <summary>Runs before the control inside, which reads here what describes it.</summary>
    public override void Init(TagHelperContext context) => context.Items[typeof(FieldDescription)] = Describe();

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var description = (FieldDescription)context.Items[typeof(FieldDescription)];
        output.TagName = Legend is null ? "div" : "fieldset";
        output.TagMode = TagMode.StartTagAndEndTag;
        if (Legend is null || description.Error is not null)
            output.Attributes.SetAttribute("class", description.Error is not null ? "field wrong" : description.FoundId is not null ? "field found" : "field");
        if (Legend is not null)
            AppendLegend(output, Legend, description);
        else if (Label is not null)
            AppendLabel(output, Label, description);
        if (Hint is not null)
            output.PreContent.AppendHtml(Line("hint", description.HintId!, Hint));
        if (description.Error is not null)
            output.PreContent.AppendHtml(Line("error", description.ErrorId!, description.Error));
        output.Content.SetHtmlContent(await output.GetChildContentAsync());
        // Below the control, which then stays where it is while the checks speak.
        if (description.FoundId is not null)
            output.PostContent.AppendHtml(List("finding", description.FoundId, Found));
    }

    private static void AppendLabel(TagHelperOutput output, string text, FieldDescription description)
    {
        var label = new TagBuilder("label");
        label.Attributes["for"] = description.Id;
        label.InnerHtml.Append(text);
        output.PreContent.AppendHtml(label);
    }

    private static void AppendLegend(TagHelperOutput output, string text, FieldDescription description)
    {
        if (description.DescribedBy.Length > 0)
            output.Attributes.SetAttribute("aria-describedby", description.DescribedBy);
        var legend = new TagBuilder("legend");
        legend.InnerHtml.Append(text);
        output.PreContent.AppendHtml(legend);
    }

    private static TagBuilder Line(string name, string id, string text)
    {
        var line = new TagBuilder("p");
        line.AddCssClass(name);
        line.Attributes["id"] = id;
        line.InnerHtml.Append(text);
        return line;
    }

    private static TagBuilder List(string name, string id, IEnumerable<string> entries)
    {
        var list = new TagBuilder("ul");
        list.AddCssClass(name);
        list.Attributes["id"] = id;
        foreach (var text in entries)
        {
            var entry = new TagBuilder("li");
            entry.InnerHtml.Append(text);
            list.InnerHtml.AppendHtml(entry);
        }

        return list;
    }

    private FieldDescription Describe()
    {
        var name = Name ?? ViewContext.ViewData.TemplateInfo.GetFullHtmlFieldName(For!.Name);
        var id = TagBuilder.CreateSanitizedId(name, "_");
        var error = ViewContext.ViewData.ModelState.TryGetValue(name, out var entry) && entry.Errors.Count > 0
            ? string.Join(' ', entry.Errors.Select(error => error.ErrorMessage))
            : null;
        return new FieldDescription(id, Hint is null ? null : $"{id}-hint", error is null ? null : $"{id}-error", error, Found.Any() ? $"{id}-finding" : null);
    }
}

internal sealed record FieldDescription(string Id, string? HintId, string? ErrorId, string? Error, string? FoundId)
{
    /// <summary>Empty for nothing.</summary>
    public string DescribedBy => string.Join(' ', new[] { HintId, ErrorId, FoundId }.OfType<string>());
}

/// <summary>Tells the control inside a <see cref="FieldTagHelper"/> what describes it and whether it is wrong.</summary>
[HtmlTargetElement("input", Attributes = "asp-for")]
[HtmlTargetElement("textarea", Attributes = "asp-for")]
[HtmlTargetElement("select", Attributes = "asp-for")]
[HtmlTargetElement("input", Attributes = "name", ParentTag = "field", TagStructure = TagStructure.WithoutEndTag)]
public sealed class FieldControlTagHelper : TagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (!context.Items.TryGetValue(typeof(FieldDescription), out var item) || item is not FieldDescription description)
            return;
        if (description.DescribedBy.Length > 0)
            output.Attributes.SetAttribute("aria-describedby", description.DescribedBy);
        if (description.Error is not null)
            output.Attributes.SetAttribute("aria-invalid", "true");
    }
}

/// <summary>All that is wrong with a form, at its top, each with a link to its field. It takes the focus when the page opens.</summary>
[HtmlTargetElement("error-summary")]
public sealed class ErrorSummaryTagHelper : TagHelper
{
    /// <summary>What did not happen.</summary>
    public string Heading { get; set; } = "Nothing was saved yet";

    [ViewContext]
    [HtmlAttributeNotBound]
    public required ViewContext ViewContext { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (ViewContext.ViewData.ModelState.IsValid)
        {
            output.SuppressOutput();
            return;
        }

        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "notice wrong error-summary");
        output.Attributes.SetAttribute("role", "alert");
        output.Attributes.SetAttribute("tabindex", "-1");
        output.Attributes.Add(new TagHelperAttribute("autofocus"));
        output.Content.AppendHtml(Filled(new TagBuilder("h2"), Heading));
        var list = new TagBuilder("ul");
        foreach (var (key, entry) in ViewContext.ViewData.ModelState)
            foreach (var error in entry!.Errors)
                list.InnerHtml.AppendHtml(Entry(key, error.ErrorMessage));
        output.Content.AppendHtml(list);
    }

    private static TagBuilder Entry(string key, string message)
    {
        var entry = new TagBuilder("li");
        if (key.Length == 0)
            return Filled(entry, message);
        var link = new TagBuilder("a");
        link.Attributes["href"] = $"#{TagBuilder.CreateSanitizedId(key, "_")}";
        entry.InnerHtml.AppendHtml(Filled(link, message));
        return entry;
    }

    private static TagBuilder Filled(TagBuilder tag, string text)
    {
        tag.InnerHtml.Append(text);
        return tag;
    }
}
