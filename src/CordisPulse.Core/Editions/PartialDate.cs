using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CordisPulse.Core.Editions;

/// <summary>
/// A date as publications give it: a year, a year and month, or a day. Written as ISO 8601 reduced precision
/// (<c>2022</c>, <c>2022-03</c>, <c>2022-03-07</c>), which also sorts as text.
/// </summary>
[JsonConverter(typeof(PartialDateJsonConverter))]
public readonly record struct PartialDate
{
    private static readonly string[] Formats = ["yyyy", "yyyy-MM", "yyyy-MM-dd"];

    private static readonly string[] DisplayFormats = ["yyyy", "MMMM yyyy", "d MMMM yyyy"];

    private readonly string? _iso;

    private PartialDate(string iso) => _iso = iso;

    public static bool TryParse([NotNullWhen(true)] string? text, out PartialDate date) => TryParse(text, Formats, out date);

    /// <summary>Reads back what <see cref="ToDisplay"/> writes.</summary>
    public static bool TryParseDisplay([NotNullWhen(true)] string? text, out PartialDate date) => TryParse(text, DisplayFormats, out date);

    private static bool TryParse([NotNullWhen(true)] string? text, string[] formats, out PartialDate date)
    {
        for (var precision = 0; precision < formats.Length; precision++)
            if (DateOnly.TryParseExact(text, formats[precision], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                date = new PartialDate(day.ToString(Formats[precision], CultureInfo.InvariantCulture));
                return true;
            }

        date = default;
        return false;
    }

    public static PartialDate Parse(string text)
        => TryParse(text, out var date) ? date : throw new FormatException($"'{text}' is not a year, a month or a day.");

    /// <summary>For readers: "2022", "March 2022" or "7 March 2022".</summary>
    public string ToDisplay() => ToString() switch
    {
        { Length: 4 } year => year,
        { Length: 7 } month => DateOnly.ParseExact(month, "yyyy-MM", CultureInfo.InvariantCulture).ToString("MMMM yyyy", CultureInfo.InvariantCulture),
        { Length: 10 } day => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture).ToString("d MMMM yyyy", CultureInfo.InvariantCulture),
        _ => "",
    };

    public override string ToString() => _iso ?? "";
}

internal sealed class PartialDateJsonConverter : JsonConverter<PartialDate>
{
    public override PartialDate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => PartialDate.TryParse(reader.GetString(), out var date) ? date : throw new JsonException("A date is written like 2022, 2022-03 or 2022-03-07.");

    public override void Write(Utf8JsonWriter writer, PartialDate value, JsonSerializerOptions options)
        => writer.WriteStringValue(value.ToString());
}
