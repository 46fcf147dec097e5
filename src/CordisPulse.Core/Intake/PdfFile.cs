using System.Text.RegularExpressions;
using CordisPulse.Core.Editions;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;

namespace CordisPulse.Core.Intake;

/// <summary>Reads what a PDF says of itself: its document information (ISO 32000-1 section 14.3.3), where its maker filled it in.</summary>
public static partial class PdfFile
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    public static ReadPage Read(byte[] content, CancellationToken cancellationToken = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stop.CancelAfter(Longest);
        var filters = new PdfFilters(stop);
        try
        {
            using var stream = new TimedStream(content, stop.Token);
            using var document = PdfDocument.Open(stream, new ParsingOptions { UseLenientParsing = true, FilterProvider = filters });
            return new ReadPage(Facts(document.Information), null);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // A library that reads what the world calls PDF fails in more ways than it names; none of them matters here.
            return new ReadPage(null, filters.IsTooLarge ? "The PDF unpacks to more than can be read."
                : stop.IsCancellationRequested ? "The PDF takes too long to read."
                : "The PDF is damaged or locked.");
        }
    }

    private static PageFacts Facts(DocumentInformation information) => new()
    {
        Title = Telling(information.Title),
        Titles = Telling(information.Title) is { } title ? [title] : [],
        Authors = Telling(information.Author) is { } author ? [.. author.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(name => !Login().IsMatch(name))] : [],
        PublishedOn = information.GetCreatedDateTimeOffset() is { } created && PartialDate.TryParse(created.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), out var day) ? day : null,
        Doi = HtmlPage.Doi(information.Subject, information.Keywords),
        Description = Telling(information.Subject),
    };

    /// <summary>Programs fill the field with their own words or the name of a file; those say nothing of a report.</summary>
    private static string? Telling(string? text)
    {
        var line = HtmlPage.Line(HtmlPage.LongestTitle, text) ?? "";
        var isNoise = line.Length < 4
            || ProgramsOwn().IsMatch(line)
            || (line.LastIndexOf('.') is >= 0 and var dot && line.Length - dot is >= 4 and <= 5 && !line[dot..].Contains(' ', StringComparison.Ordinal));
        return isNoise ? null : line;
    }

    [GeneratedRegex(
        @"^(?:Microsoft (?:Word|PowerPoint|Excel|Publisher) - .*|untitled.*|PowerPoint Presentation|PowerPoint-Präsentation|Présentation PowerPoint|Word Document|(?:document|presentation|slide|book|publication) ?\d*|title of (?:document|presentation|report))$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex ProgramsOwn();

    /// <summary>The account of whoever made the file, with its domain or alone: one word in small letters or with figures, or what a computer calls its user.</summary>
    [GeneratedRegex(
        @"\\|^[a-z][a-z0-9._-]*$|^[A-Za-z]+[._-]?\d+$|^\S+@\S+$|^(?i:administrator|admin|user|owner|author|unknown|guest|default|(?:windows|office|microsoft office|ms office) user)$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Login();
}
