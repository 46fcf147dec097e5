using CordisPulse.Core.Editions;
using CordisPulse.Core.Hosting;
using CordisPulse.Core.Subscriptions;
using CsvHelper;

namespace CordisPulse.Core.Rendering;

/// <summary>An edition as a table of its items, a line each, as a spreadsheet opens it.</summary>
public static class EditionCsv
{
    public static async Task<byte[]> WriteAsync(EditionDocument edition, SiteLinks links, CancellationToken cancellationToken)
    {
        using var output = new MemoryStream();
        await using (var csv = CsvWriter.Create(output, SubscriberExport.Format, leaveOpen: true))
        {
            await csv.WriteRecordAsync(["edition", "position", "sector", "section", "source", "title", "authors", "published", "doi", "url", "summary", "address"], cancellationToken);
            var position = 0;
            foreach (var (sector, section, item) in edition.Items)
                await csv.WriteRecordAsync(
                    [
                        edition.Month.ToString(), $"{++position}", sector.Name, section.Name, item.Source ?? "", item.Title, string.Join("; ", item.Authors), item.PublishedOn?.ToString() ?? "",
                        item.Doi ?? "", MarkdownRenderer.IsWebLink(item.Url) ? item.Url! : "", MarkdownRenderer.ToPlainText(item.Summary), links.Item(edition.Month, item.Slug),
                    ],
                    cancellationToken);
            await csv.FlushAsync(cancellationToken);
        }

        return output.ToArray();
    }
}
