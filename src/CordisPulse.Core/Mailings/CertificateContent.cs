using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using CordisPulse.Core.Editions;

namespace CordisPulse.Core.Mailings;

/// <summary>What a mailing came to, in numbers that add up. It names no recipient. Property order is the order of the JSON; times are in UTC.</summary>
public sealed record CertificateContent
{
    public required EditionMonth Edition { get; init; }

    public required MailingKind Kind { get; init; }

    public required int Number { get; init; }

    public required MailingState State { get; init; }

    /// <summary>Of the published edition.</summary>
    public required int Revision { get; init; }

    /// <summary>Of the published edition's document.</summary>
    public required string EditionSha256 { get; init; }

    /// <summary>Null for a command, or an account that is gone.</summary>
    public required string? StartedBy { get; init; }

    /// <inheritdoc cref="Mailing.Transport"/>
    public required string Transport { get; init; }

    public required string PublicUrl { get; init; }

    public required DateTime? ScheduledFor { get; init; }

    public required DateTime? Started { get; init; }

    /// <summary>When the first message was begun, of those that have not been tried anew.</summary>
    public required DateTime? FirstAttempt { get; init; }

    public required DateTime? LastSettled { get; init; }

    public required DateTime? Ended { get; init; }

    public required int Enrolled { get; init; }

    /// <summary>Taken by the mail server, as its answer said.</summary>
    public required int Accepted { get; init; }

    /// <summary>Nobody knows the server's answer; a person counted them as sent.</summary>
    public required int CountedAsSent { get; init; }

    public required int Failed { get; init; }

    public required int Skipped { get; init; }

    /// <summary>Neither sent, failed nor skipped: none once the mailing is completed.</summary>
    public required int Open { get; init; }

    /// <summary>Every recipient is accounted for, each once.</summary>
    public bool Reconciles => Open == 0 && Enrolled == Accepted + CountedAsSent + Failed + Skipped;

    public required IReadOnlyList<CertificateVariant> Variants { get; init; }

    public required IReadOnlyList<CertificateOutcome> Outcomes { get; init; }

    public required IReadOnlyList<CertificateDecision> Decisions { get; init; }

    [JsonIgnore]
    public MailingName Name => MailingName.Of(Edition, Kind, Number);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Converters = { new JsonStringEnumConverter() } };

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <exception cref="JsonException">The text is no certificate.</exception>
    public static CertificateContent FromJson(string json)
        => JsonSerializer.Deserialize<CertificateContent>(json, Json) ?? throw new JsonException("The text is no certificate.");

    public static string Sha256(string json) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)));
}

/// <param name="Sectors">As <see cref="MailingVariant.Sectors"/> has them.</param>
/// <param name="Sha256">Of subject, HTML and text.</param>
public sealed record CertificateVariant(string Sectors, string Subject, string Sha256, int Enrolled, int Accepted, int CountedAsSent, int Failed, int Skipped);

/// <param name="Code">The server's last reply code; null where none was read.</param>
/// <param name="Decided">What a person decided while it was uncertain.</param>
public sealed record CertificateOutcome(DeliveryState State, int? Code, DeliveryFault? Fault, DeliveryAct? Decided, int Deliveries)
{
    /// <summary>Such as <c>2xx</c>.</summary>
    public string Class => Code is { } code ? string.Create(CultureInfo.InvariantCulture, $"{code / 100}xx") : "none";
}

/// <param name="By">Null for a command, or an account that is gone.</param>
public sealed record CertificateDecision(DeliveryAct Decided, string? By, int Deliveries, DateTime? First, DateTime? Last);
