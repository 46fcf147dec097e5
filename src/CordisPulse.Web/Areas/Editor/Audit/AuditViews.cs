using System.Globalization;
using CordisPulse.Core.Audit;
using CordisPulse.Core.Site;
using CordisPulse.Core.Subscriptions;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace CordisPulse.Web.Areas.Editor.Audit;

/// <param name="Found">Null when what was asked for can't be.</param>
/// <param name="Accounts">Of the staff, to choose from.</param>
public sealed record AuditView(AuditFilter Filter, AuditPage? Found, IReadOnlyList<StaffAccount> Accounts);

/// <summary>Which entries are asked for; people and accounts by number, since they stand in the address.</summary>
public sealed class AuditFilter
{
    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>A kind of acts, or one act.</summary>
    public string? What { get; set; }

    /// <summary><see cref="AuditQuery.NoAccount"/> for none.</summary>
    public int? Who { get; set; }

    public int? Subscriber { get; set; }

    /// <summary>The first day, by the clock in the United Kingdom.</summary>
    public string? From { get; set; }

    /// <summary>The last day.</summary>
    public string? To { get; set; }

    public long? Before { get; set; }

    public bool IsNarrowed => Fields.Any(asked => !string.IsNullOrEmpty(asked.Value));

    /// <summary>What the page and the export are asked with.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Fields =>
    [
        new(nameof(What), What), new(nameof(Who), Who?.ToString(CultureInfo.InvariantCulture)), new(nameof(Subscriber), Subscriber?.ToString(CultureInfo.InvariantCulture)),
        new(nameof(From), From), new(nameof(To), To),
    ];

    /// <summary>Null when something is wrong with it, which is said at its field then.</summary>
    public AuditQuery? Checked(ModelStateDictionary state)
    {
        var acts = string.IsNullOrEmpty(What) ? null : AuditedActs.Meant(What);
        if (acts is { Count: 0 })
            state.AddModelError(nameof(What), "There is no such act.");
        var (first, last) = (Day(From, nameof(From), state), Day(To, nameof(To), state));
        if (first > last)
            state.AddModelError(nameof(To), "The last day is before the first.");
        return state.IsValid
            ? new AuditQuery { Acts = acts, AccountId = Who, SubscriberId = Subscriber, FromUtc = Start(first), UntilUtc = Start(last?.AddDays(1)), Before = Before }
            : null;
    }

    public string AddressOf(long? before)
    {
        var query = new QueryBuilder();
        foreach (var (name, value) in Fields.Append(new(nameof(Before), before?.ToString(CultureInfo.InvariantCulture))))
            if (!string.IsNullOrEmpty(value))
                query.Add(name, value);
        return $"/editor/audit{query}";
    }

    private static DateOnly? Day(string? typed, string field, ModelStateDictionary state)
    {
        if (string.IsNullOrWhiteSpace(typed))
            return null;
        // The last day of all has none after it.
        if (DateOnly.TryParseExact(typed.Trim(), DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1900 and < 9999)
            return day;
        state.AddModelError(field, "Write the day as year, month and day, such as 2026-03-31.");
        return null;
    }

    private static DateTime? Start(DateOnly? day)
        => day is { } date && UkTime.TryParse($"{date.ToString(DayFormat, CultureInfo.InvariantCulture)}T00:00", out var utc) ? utc : null;
}

internal static class AuditWords
{
    /// <summary>Who did it, for the page.</summary>
    public static string By(AuditLine line) => line switch
    {
        { By: { } name } => name,
        { AccountId: not null } => "an account that is no more",
        { Way: AuditWay.Command } => "the command line",
        { Way: AuditWay.Program } => "the program",
        { Way: AuditWay.Reader } => "a reader",
        { Way: AuditWay.Desk } => "nobody who was signed in",
        _ => "none of the staff",
    };

    /// <summary>By which way an account did it, where that is not the desk.</summary>
    public static string? How(AuditLine line) => line is { AccountId: not null, Way: AuditWay.Program } ? "as scheduled" : null;
}
