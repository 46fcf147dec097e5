using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CordisPulse.Core.Editions;

/// <summary>The month that identifies an edition: <c>2022-03</c> in addresses, commands and JSON, "March 2022" for readers.</summary>
[JsonConverter(typeof(EditionMonthJsonConverter))]
public readonly record struct EditionMonth : IComparable<EditionMonth>, ISpanParsable<EditionMonth>
{
    public EditionMonth(int year, int month) => FirstDay = new DateOnly(year, month, 1);

    private EditionMonth(DateOnly firstDay) => FirstDay = firstDay;

    /// <summary>The first day of the month, the form in which the database holds it.</summary>
    public DateOnly FirstDay { get; }

    /// <summary>"March 2022".</summary>
    public string Title => FirstDay.ToString("MMMM yyyy", CultureInfo.InvariantCulture);

    public static EditionMonth Of(DateOnly day) => new(new DateOnly(day.Year, day.Month, 1));

    public static bool operator <(EditionMonth left, EditionMonth right) => left.CompareTo(right) < 0;

    public static bool operator >(EditionMonth left, EditionMonth right) => left.CompareTo(right) > 0;

    public static bool operator <=(EditionMonth left, EditionMonth right) => left.CompareTo(right) <= 0;

    public static bool operator >=(EditionMonth left, EditionMonth right) => left.CompareTo(right) >= 0;

    /// <summary>Reads <c>YYYY-MM</c> and nothing else; years before 1900 are refused as slips of the pen.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, out EditionMonth result) => TryParse(s.AsSpan(), null, out result);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out EditionMonth result) => TryParse(s.AsSpan(), provider, out result);

    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out EditionMonth result)
    {
        if (s.Length == 7
            && DateOnly.TryParseExact(s, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day.Year >= 1900)
        {
            result = new EditionMonth(day);
            return true;
        }

        result = default;
        return false;
    }

    public static EditionMonth Parse(string s, IFormatProvider? provider = null) => Parse(s.AsSpan(), provider);

    public static EditionMonth Parse(ReadOnlySpan<char> s, IFormatProvider? provider = null)
        => TryParse(s, provider, out var month) ? month : throw new FormatException($"'{s}' is not a month like 2022-03.");

    public EditionMonth AddMonths(int months) => new(FirstDay.AddMonths(months));

    public int CompareTo(EditionMonth other) => FirstDay.CompareTo(other.FirstDay);

    public override string ToString() => FirstDay.ToString("yyyy-MM", CultureInfo.InvariantCulture);
}

internal sealed class EditionMonthJsonConverter : JsonConverter<EditionMonth>
{
    public override EditionMonth Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => EditionMonth.TryParse(reader.GetString(), out var month) ? month : throw new JsonException("A month is written like 2022-03.");

    public override void Write(Utf8JsonWriter writer, EditionMonth value, JsonSerializerOptions options)
        => writer.WriteStringValue(value.ToString());
}
