using System.Globalization;
using System.Text.RegularExpressions;

namespace CordisPulse.Core.Mailings.Looks;

/// <summary>
/// Colours as a program in dark mode turns them: light grounds dark, dark text and lines light, the hue kept. Each program does it a little
/// differently and none says how; the lightness (HSL) is turned round within bounds that stay readable.
/// </summary>
internal static partial class InvertedColour
{
    private const double Darkest = 0.08;
    private const double Lightest = 0.92;

    /// <summary>The value of a declaration with its colours turned where a program would.</summary>
    public static string In(StyleDeclaration declaration) => declaration.Property switch
    {
        "background" => Hex().Replace(declaration.Value, match => Turn(match.Value, lightness => lightness > 0.5)),
        "color" => Hex().Replace(declaration.Value, match => Turn(match.Value, lightness => lightness < 0.5)),
        var property when property.StartsWith("border", StringComparison.Ordinal) => Hex().Replace(declaration.Value, match => Turn(match.Value, _ => true)),
        _ => declaration.Value,
    };

    private static string Turn(string hex, Func<double, bool> isTurned)
    {
        var (r, g, b) = (Channel(hex, 1), Channel(hex, 3), Channel(hex, 5));
        var (most, least) = (Math.Max(r, Math.Max(g, b)), Math.Min(r, Math.Min(g, b)));
        var lightness = (most + least) / 2;
        if (!isTurned(lightness))
            return hex;
        var target = Math.Clamp(1 - lightness, Darkest, Lightest);
        // Chroma as large as the new lightness allows, and no larger than it was: the hue stays and grey stays grey.
        var chroma = Math.Min(most - least, 1 - Math.Abs(2 * target - 1));
        var scale = most - least == 0 ? 0 : chroma / (most - least);
        return $"#{Byte(r)}{Byte(g)}{Byte(b)}";

        string Byte(double channel) => ((int)Math.Round(Math.Clamp(target + (channel - lightness) * scale, 0, 1) * 255)).ToString("x2", CultureInfo.InvariantCulture);
    }

    private static double Channel(string hex, int at) => int.Parse(hex.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;

    [GeneratedRegex("#[0-9a-fA-F]{6}")]
    private static partial Regex Hex();
}
