using System.Globalization;
using CordisPulse.Core.Audit;
using CsvHelper;

namespace CordisPulse.Web.Areas.Editor.Audit;

/// <summary>The audit record as CSV: people by number alone, as it is kept.</summary>
internal static class AuditCsv
{
    // A spreadsheet would run a field that begins like a formula.
    private static readonly CsvWriterOptions Format = new() { Injection = CsvInjection.Escape };

    public static async Task WriteAsync(Stream output, IAsyncEnumerable<AuditLine> lines, CancellationToken cancellationToken)
    {
        await using var csv = CsvWriter.Create(output, Format, leaveOpen: true);
        await csv.WriteRecordAsync(["number", "at", "way", "account", "act", "of account", "subscriber", "subject", "detail"], cancellationToken);
        await foreach (var line in lines)
            await csv.WriteRecordAsync(
                [
                    Number(line.Id), line.AtUtc.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture), line.Way?.ToString() ?? "", Number(line.AccountId), line.Act,
                    Number(line.OfAccountId), Number(line.SubscriberId), line.Subject ?? "", line.Detail ?? "",
                ],
                cancellationToken);
        await csv.FlushAsync(cancellationToken);
    }

    private static string Number(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}
