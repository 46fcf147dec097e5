using CordisPulse.Core.Editions;
using UglyToad.PdfPig;

namespace CordisPulse.Core.Intake;

/// <summary>Reads what a PDF says of itself: its document information (ISO 32000-1 section 14.3.3), where its maker filled it in.</summary>
public static class PdfFile
{
    /// <summary>Null when the file is no PDF that can be read.</summary>
    public static PageFacts? Read(byte[] content)
    {
        try
        {
            using var document = PdfDocument.Open(content, new ParsingOptions { UseLenientParsing = true });
            var information = document.Information;
            return new PageFacts
            {
                Title = Telling(information.Title),
                Titles = Telling(information.Title) is { } title ? [title] : [],
                Authors = Telling(information.Author) is { } author ? [.. author.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)] : [],
                PublishedOn = information.GetCreatedDateTimeOffset() is { } created && PartialDate.TryParse(created.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), out var day) ? day : null,
                Doi = HtmlPage.Doi(information.Subject, information.Keywords),
                Description = Telling(information.Subject),
            };
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A library that reads what the world calls PDF fails in more ways than it names; none of them matters here.
            return null;
        }
    }

    /// <summary>Programs fill the field with their own words or the name of a file; those say nothing of a report.</summary>
    private static string? Telling(string? text)
    {
        var line = string.Join(' ', (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Trim('\0');
        var isNoise = line.Length < 4
            || line.StartsWith("Microsoft Word - ", StringComparison.OrdinalIgnoreCase)
            || line.StartsWith("untitled", StringComparison.OrdinalIgnoreCase)
            || (line.LastIndexOf('.') is >= 0 and var dot && line.Length - dot is >= 4 and <= 5 && !line[dot..].Contains(' ', StringComparison.Ordinal));
        return isNoise ? null : line.Length > 500 ? line[..500] : line;
    }
}
