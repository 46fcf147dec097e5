using System.ComponentModel.DataAnnotations;
using CordisPulse.Core.Data;
using CordisPulse.Core.Site;

namespace CordisPulse.Web.Areas.Editor.Settings;

public sealed class SitePageForm
{
    [Required(ErrorMessage = "Enter a title.")]
    [StringLength(Limits.Title, ErrorMessage = "The title can have 500 characters.")]
    public string? Title { get; set; }

    [Required(ErrorMessage = "Enter the text.")]
    [StringLength(Limits.Text, ErrorMessage = "The text can have 200,000 characters.")]
    public string? Body { get; set; }

    public int Version { get; set; }

    public static SitePageForm Of(EditableSitePage page) => new() { Title = page.Title, Body = page.Body, Version = page.Version };
}

/// <param name="ResultHtml">The text as readers will see it; null when there is nothing to show.</param>
public sealed record SitePagePage(string Slug, SitePageForm Form, string? ResultHtml, ConflictPage? Conflict);
