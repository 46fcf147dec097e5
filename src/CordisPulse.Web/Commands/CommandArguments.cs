using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using CordisPulse.Core.Editions;

namespace CordisPulse.Web.Commands;

/// <summary>Arguments and options that several commands take.</summary>
internal static class CommandArguments
{
    public static Argument<EditionMonth> Month() => new("month")
    {
        Description = "The edition's month, like 2022-03.",
        CustomParser = ParseMonth,
    };

    public static Option<EditionMonth?> OptionalMonth(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "YYYY-MM",
        CustomParser = result => ParseMonth(result),
    };

    public static Option<DateOnly?> Day(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "YYYY-MM-DD",
        CustomParser = result =>
        {
            if (DateOnly.TryParseExact(result.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                return day;
            result.AddError($"'{result.Tokens[0].Value}' is not a day like 2022-03-07.");
            return null;
        },
    };

    private static EditionMonth ParseMonth(ArgumentResult result)
    {
        if (EditionMonth.TryParse(result.Tokens[0].Value, out var month))
            return month;
        result.AddError($"'{result.Tokens[0].Value}' is not a month like 2022-03.");
        return default;
    }
}
