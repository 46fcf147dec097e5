using System.Text;
using CordisPulse.Core.Mailings.Looks;
using CordisPulse.Web.Features;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor.Preview;

/// <summary>
/// The public style sheet made for one look, whatever the looking browser prefers: light, dark, or on paper. Open to all, since a
/// sandboxed frame sends no cookie with what it loads, and made of nothing but the public style sheet.
/// </summary>
[Route("/css")]
public sealed class PreviewStylesController(PreviewStyles styles) : PublicController
{
    [Reads("as-{sheet:regex(^(light|dark|print)$)}.css")]
    [ResponseCache(Duration = 60)]
    public async Task<IActionResult> Show(string sheet) => Content(await styles.ReadAsync(sheet), "text/css", Encoding.UTF8);
}

public sealed class PreviewStyles(IWebHostEnvironment environment)
{
    private const string Light = "light";
    private const string Dark = "dark";
    private const string Print = "print";

    /// <summary>The margins that a printer gets from <c>@page</c>.</summary>
    private const string Paper = "\nbody { padding: 18mm 20mm }\n";

    public static string AddressOf(PreviewLook look) => $"/css/as-{(look.Show == PreviewKind.Print ? Print : look.Dark ? Dark : Light)}.css";

    public async Task<string> ReadAsync(string sheet)
    {
        await using var file = environment.WebRootFileProvider.GetFileInfo("css/site.css").CreateReadStream();
        using var reader = new StreamReader(file);
        var resolved = StyleText.Resolve(await reader.ReadToEndAsync(), condition => FateOf(condition, sheet));
        return resolved.Replace("color-scheme: light dark", $"color-scheme: {(sheet == Dark ? Dark : Light)}", StringComparison.Ordinal)
            + (sheet == Print ? Paper : "");
    }

    private static MediaFate FateOf(string condition, string sheet) => condition switch
    {
        "print" => sheet == Print ? MediaFate.Unwrap : MediaFate.Drop,
        "(prefers-color-scheme: dark)" => sheet == Dark ? MediaFate.Unwrap : MediaFate.Drop,
        // Paper is as wide as neither a phone nor a desk.
        _ => sheet == Print ? MediaFate.Drop : MediaFate.Keep,
    };
}
