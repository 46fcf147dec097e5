using System.Globalization;
using CordisPulse.Core.Mailings;
using CsvHelper;

namespace CordisPulse.Web.Areas.Editor.Certificate;

/// <summary>
/// A certificate as CSV: a line for each number, with what it counts. Like the certificate it names no recipient; the mailing's page
/// finds each delivery by address.
/// </summary>
internal static class CertificateCsv
{
    // A spreadsheet would run a field that begins like a formula.
    private static readonly CsvWriterOptions Format = new() { Injection = CsvInjection.Escape };

    public static string FileName(MailingName name) => $"certificate-{name.Month}{(name.Part.Length == 0 ? "" : "-")}{name.Part}";

    public static async Task<byte[]> OfAsync(CertificateContent certificate, CancellationToken cancellationToken)
    {
        using var output = new MemoryStream();
        await using (var csv = CsvWriter.Create(output, Format, leaveOpen: true))
            foreach (var line in Lines(certificate))
                await csv.WriteRecordAsync(line, cancellationToken);
        return output.ToArray();
    }

    private static IEnumerable<string[]> Lines(CertificateContent certificate)
    {
        yield return ["part", "name", "detail", "value"];
        yield return ["mailing", "edition", "", certificate.Edition.ToString()];
        yield return ["mailing", "kind", "", certificate.Kind.ToString()];
        yield return ["mailing", "number", "", Number(certificate.Number)];
        yield return ["mailing", "state", "", certificate.State.ToString()];
        yield return ["mailing", "revision", certificate.EditionSha256, Number(certificate.Revision)];
        yield return ["mailing", "startedBy", "", certificate.StartedBy ?? ""];
        yield return ["mailing", "transport", "", certificate.Transport];
        yield return ["mailing", "publicUrl", "", certificate.PublicUrl];
        yield return ["mailing", "scheduledFor", "", Time(certificate.ScheduledFor)];
        yield return ["mailing", "started", "", Time(certificate.Started)];
        yield return ["mailing", "firstAttempt", "", Time(certificate.FirstAttempt)];
        yield return ["mailing", "lastSettled", "", Time(certificate.LastSettled)];
        yield return ["mailing", "ended", "", Time(certificate.Ended)];
        yield return ["recipients", "enrolled", "", Number(certificate.Enrolled)];
        yield return ["recipients", "accepted", "", Number(certificate.Accepted)];
        yield return ["recipients", "countedAsSent", "", Number(certificate.CountedAsSent)];
        yield return ["recipients", "failed", "", Number(certificate.Failed)];
        yield return ["recipients", "skipped", "", Number(certificate.Skipped)];
        yield return ["recipients", "open", "", Number(certificate.Open)];
        yield return ["recipients", "reconciles", "", certificate.Reconciles ? "true" : "false"];
        foreach (var variant in certificate.Variants)
            yield return ["variant", variant.Sectors.Length == 0 ? "all" : variant.Sectors, variant.Sha256, Number(variant.Enrolled)];
        foreach (var outcome in certificate.Outcomes)
            yield return ["outcome", outcome.State.ToString(), $"{outcome.Class} {outcome.Code} {outcome.Fault} {outcome.Decided}".Trim(), Number(outcome.Deliveries)];
        foreach (var decision in certificate.Decisions)
            yield return ["decision", decision.Decided.ToString(), decision.By ?? "", Number(decision.Deliveries)];
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Time(DateTime? utc) => utc?.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture) ?? "";
}
