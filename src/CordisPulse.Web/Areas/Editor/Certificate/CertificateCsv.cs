using System.Globalization;
using System.Text;
using CordisPulse.Core.Mailings;

namespace CordisPulse.Web.Areas.Editor.Certificate;

/// <summary>
/// A certificate as CSV: a line for each number, with what it counts. Like the certificate it names no recipient; the mailing's page
/// finds each delivery by address.
/// </summary>
internal static class CertificateCsv
{
    public static string FileName(MailingName name) => $"certificate-{name.Month}{(name.Part.Length == 0 ? "" : "-")}{name.Part}";

    public static string Of(CertificateContent certificate)
    {
        var csv = new StringBuilder();
        Line(csv, "part", "name", "detail", "value");
        Line(csv, "mailing", "edition", "", certificate.Edition.ToString());
        Line(csv, "mailing", "kind", "", certificate.Kind.ToString());
        Line(csv, "mailing", "number", "", Number(certificate.Number));
        Line(csv, "mailing", "state", "", certificate.State.ToString());
        Line(csv, "mailing", "revision", certificate.EditionSha256, Number(certificate.Revision));
        Line(csv, "mailing", "startedBy", "", certificate.StartedBy ?? "");
        Line(csv, "mailing", "transport", "", certificate.Transport);
        Line(csv, "mailing", "publicUrl", "", certificate.PublicUrl);
        Line(csv, "mailing", "scheduledFor", "", Time(certificate.ScheduledFor));
        Line(csv, "mailing", "started", "", Time(certificate.Started));
        Line(csv, "mailing", "firstAttempt", "", Time(certificate.FirstAttempt));
        Line(csv, "mailing", "lastSettled", "", Time(certificate.LastSettled));
        Line(csv, "mailing", "ended", "", Time(certificate.Ended));
        Line(csv, "recipients", "enrolled", "", Number(certificate.Enrolled));
        Line(csv, "recipients", "accepted", "", Number(certificate.Accepted));
        Line(csv, "recipients", "countedAsSent", "", Number(certificate.CountedAsSent));
        Line(csv, "recipients", "failed", "", Number(certificate.Failed));
        Line(csv, "recipients", "skipped", "", Number(certificate.Skipped));
        Line(csv, "recipients", "open", "", Number(certificate.Open));
        Line(csv, "recipients", "reconciles", "", certificate.Reconciles ? "true" : "false");
        foreach (var variant in certificate.Variants)
            Line(csv, "variant", variant.Sectors.Length == 0 ? "all" : variant.Sectors, variant.Sha256, Number(variant.Enrolled));
        foreach (var outcome in certificate.Outcomes)
            Line(csv, "outcome", outcome.State.ToString(), $"{outcome.Class} {outcome.Code} {outcome.Fault} {outcome.Decided}".Trim(), Number(outcome.Deliveries));
        foreach (var decision in certificate.Decisions)
            Line(csv, "decision", decision.Decided.ToString(), decision.By ?? "", Number(decision.Deliveries));
        return csv.ToString();
    }

    private static void Line(StringBuilder csv, params ReadOnlySpan<string> fields)
    {
        for (var i = 0; i < fields.Length; i++)
            csv.Append(i == 0 ? "" : ",").Append('"').Append(IsFormula(fields[i]) ? "'" : "").Append(fields[i].Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        csv.Append("\r\n");
    }

    /// <summary>A spreadsheet would run it.</summary>
    private static bool IsFormula(string field) => field is ['=' or '+' or '-' or '@', ..];

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Time(DateTime? utc) => utc?.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture) ?? "";
}
