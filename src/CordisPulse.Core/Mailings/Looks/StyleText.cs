using System.Text;

namespace CordisPulse.Core.Mailings.Looks;

/// <summary>One declaration of a style, such as <c>color: #1c2126</c>.</summary>
public sealed record StyleDeclaration(string Property, string Value);

/// <summary>What becomes of a group of rules that holds under a condition only.</summary>
public enum MediaFate
{
    Keep,
    Drop,

    /// <summary>Its rules hold whatever the condition says.</summary>
    Unwrap,
}

/// <summary>
/// Reads the styles that we write ourselves, closely enough to take some of them out: declarations of a tag and groups of rules of a style
/// sheet. Text in quotes may hold neither braces nor semicolons.
/// </summary>
public static class StyleText
{
    public static IEnumerable<StyleDeclaration> Declarations(string style)
        => from declaration in style.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
           let colon = declaration.IndexOf(':')
           where colon > 0
           select new StyleDeclaration(declaration[..colon].TrimEnd().ToLowerInvariant(), declaration[(colon + 1)..].Trim());

    public static string Write(IEnumerable<StyleDeclaration> declarations)
        => string.Join(';', declarations.Select(declaration => $"{declaration.Property}:{declaration.Value}"));

    /// <summary>The style sheet with every <c>@media</c> group kept, left out or made to hold always.</summary>
    /// <param name="fate">Told the condition, such as <c>(max-width:480px)</c>.</param>
    public static string Resolve(string sheet, Func<string, MediaFate> fate)
    {
        const string Media = "@media";
        var result = new StringBuilder();
        var at = 0;
        while (sheet.IndexOf(Media, at, StringComparison.Ordinal) is var start and >= 0)
        {
            result.Append(sheet, at, start - at);
            var open = sheet.IndexOf('{', start);
            var end = open < 0 ? sheet.Length : AfterGroup(sheet, open);
            if (open >= 0)
                result.Append(fate(sheet[(start + Media.Length)..open].Trim()) switch
                {
                    MediaFate.Keep => sheet[start..end],
                    MediaFate.Unwrap => sheet[(open + 1)..Math.Max(open + 1, end - 1)],
                    _ => "",
                });
            at = end;
        }

        return result.Append(sheet, at, sheet.Length - at).ToString();
    }

    private static int AfterGroup(string sheet, int open)
    {
        var depth = 0;
        for (var i = open; i < sheet.Length; i++)
        {
            depth += sheet[i] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0)
                return i + 1;
        }

        return sheet.Length;
    }
}
