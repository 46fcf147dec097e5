using System.Globalization;
using CordisPulse.Core.Subscriptions;
using Microsoft.AspNetCore.Http.Extensions;

namespace CordisPulse.Web.Areas.Editor.DataProtection;

/// <param name="Readings">Null when what was asked for can't be.</param>
/// <param name="Accounts">Of the staff, to choose from.</param>
public sealed record DataProtectionPage(DataProtectionOverview Overview, ReadingFilter Filter, ReadingPage? Readings, IReadOnlyList<StaffAccount> Accounts);

/// <summary>What is typed and chosen to look for.</summary>
public sealed class FindReadings
{
    /// <summary>A number or an address.</summary>
    public string? Person { get; set; }

    public int? Account { get; set; }

    public string? Act { get; set; }
}

/// <summary>Which looks are asked for; people and accounts by number, since they stand in the address.</summary>
public sealed class ReadingFilter
{
    public int? Person { get; set; }

    /// <summary><see cref="ReadingQuery.NoAccount"/> for none.</summary>
    public int? Account { get; set; }

    public string? Act { get; set; }

    public long? Before { get; set; }

    public bool IsNarrowed => Person is not null || Account is not null || !string.IsNullOrEmpty(Act);

    public ReadingQuery ToQuery() => new() { SubscriberId = Person, AccountId = Account, Act = string.IsNullOrEmpty(Act) ? null : Act, Before = Before };

    public static string AddressOf(int person) => new ReadingFilter { Person = person }.AddressOf(before: null);

    public string AddressOf(long? before)
    {
        var query = new QueryBuilder();
        foreach (var (name, value) in new[]
        {
            (nameof(Person), Person?.ToString(CultureInfo.InvariantCulture)), (nameof(Account), Account?.ToString(CultureInfo.InvariantCulture)), (nameof(Act), Act),
            (nameof(Before), before?.ToString(CultureInfo.InvariantCulture)),
        })
            if (!string.IsNullOrEmpty(value))
                query.Add(name, value);
        return $"/editor/data-protection{query}#seen";
    }
}
