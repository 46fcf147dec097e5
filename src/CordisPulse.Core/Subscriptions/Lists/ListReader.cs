using CordisPulse.Core.Data;

namespace CordisPulse.Core.Subscriptions.Lists;

/// <summary>One row of a list. It has a person, or a problem.</summary>
/// <param name="Line">Where it stands in the file, from 1.</param>
/// <param name="Problem">Quotes nothing of the row: it is kept for good.</param>
/// <param name="Written">Of one with a problem what it says, cut short.</param>
public sealed record ListedPerson(int Line, NewSubscriber? Person, string? Problem, string? Written = null);

/// <summary>Reads the rows of a list as people.</summary>
/// <param name="mended">By domain in its ASCII form, the domain that staff chose in its place.</param>
public sealed class ListReader(ListColumns columns, SectorNames sectors, IReadOnlyDictionary<string, string> mended)
{
    /// <summary>What this and other programs call somebody who gets mail.</summary>
    private static readonly string[] ActiveNames =
    [
        "active", "subscribed", "subscriber", "confirmed", "current", "enabled", "opted in", "opted-in", "opt-in", "opt in", "optin", "double opt-in", "express", "consented", "consent given", "given",
        "granted", "agreed", "accepted", "allowed", "ok", "valid", "deliverable", "yes", "y", "1", "true",
    ];

    /// <summary>What stands in a column of those who left for somebody who has not.</summary>
    private static readonly string[] HasNotLeft = ["no", "n", "0", "false", "active", "subscribed", "never", "none", "n/a", "null", "0000-00-00", "0000-00-00 00:00:00", "-"];

    private readonly int? _email = columns.Email;
    private readonly int? _name = columns.IndexOf(ColumnUse.Name);
    private readonly int? _firstName = columns.IndexOf(ColumnUse.FirstName);
    private readonly int? _lastName = columns.IndexOf(ColumnUse.LastName);
    private readonly int? _organisation = columns.IndexOf(ColumnUse.Organisation);
    private readonly int? _sectors = columns.IndexOf(ColumnUse.Sectors);
    private readonly IReadOnlyList<int> _status = columns.IndexesOf(ColumnUse.Status);
    private readonly IReadOnlyList<int> _hasLeft = columns.IndexesOf(ColumnUse.HasLeft);

    /// <summary>One after another, without the row that names the columns and what stands above it.</summary>
    public IEnumerable<ListedPerson> Read(IEnumerable<ListRow> rows)
    {
        using var all = rows.GetEnumerator();
        var first = new List<ListRow>();
        while (columns.HasHeader && first.Count < ListColumns.RowsLookedAt && all.MoveNext())
            first.Add(all.Current);
        var heading = ListColumns.HeadingRow(first);
        string[] headings = first.Count > 0 ? [.. first[heading].Fields] : [];
        foreach (var row in first.Skip(heading + 1))
            yield return Read(row, headings);
        while (all.MoveNext())
            yield return Read(all.Current, headings);
    }

    private ListedPerson Read(ListRow row, string[] headings)
    {
        var fields = row.Fields;
        if (_status.Any(column => Says(fields, column) is { Length: > 0 } status && !ActiveNames.Contains(status)))
            return Rejected(row, "By its column on status or consent, this person is not active.");
        if (_hasLeft.Any(column => Says(fields, column) is { Length: > 0 } left && !HasNotLeft.Contains(left)))
            return Rejected(row, "The list says that this person has left.");
        var text = Field(fields, _email);
        if (string.IsNullOrWhiteSpace(text))
            return Rejected(row, "There is no e-mail address.");
        if (!ListedAddress.TryParse(text, out var address, out var beside, out var problem) || (Mended(address) is { } better && !EmailAddress.TryParse(better, out address, out problem)))
            return Rejected(row, problem);
        var name = PersonText.Clean(Field(fields, _name)) ?? PersonText.Clean($"{Field(fields, _firstName)} {Field(fields, _lastName)}") ?? beside;
        var organisation = PersonText.Clean(Field(fields, _organisation));
        // A quotation mark that is never closed, or closed lines further on, makes others a part of somebody's name.
        if (HoldsOthers(fields, _name) || HoldsOthers(fields, _firstName) || HoldsOthers(fields, _lastName) || HoldsOthers(fields, _organisation))
            return Rejected(row, "The name or organisation goes on over several lines and holds an e-mail address. A quotation mark is missing, here or further on.");
        if (HoldsAnother(fields, headings, address))
            return Rejected(row, "Another address stands beside this one, in a column without a heading. Write one line for each person.");
        if (name?.Length > Limits.Line)
            return Rejected(row, $"The name has more than {Limits.Line} characters.");
        if (organisation?.Length > Limits.Line)
            return Rejected(row, $"The organisation has more than {Limits.Line} characters.");
        if (sectors.Read(Field(fields, _sectors), out var wanted) is { } unknown)
            return Rejected(row, unknown);
        // Where others have said yes, a blank is none.
        if (_status.Any(column => Says(fields, column).Length == 0))
            return Rejected(row, "The column on status or consent says nothing of this person.");
        return new ListedPerson(row.Line, new NewSubscriber(address, name, organisation, _sectors is null ? null : wanted), null);
    }

    private string? Mended(EmailAddress address)
        => mended.Count > 0 && mended.TryGetValue(address.Normalized[(address.Normalized.LastIndexOf('@') + 1)..], out var domain)
            ? address.Address[..(address.Address.LastIndexOf('@') + 1)] + domain
            : null;

    private static bool HoldsOthers(IReadOnlyList<string> fields, int? column)
        => column < fields.Count && fields[column.Value].AsSpan().IndexOfAny('\r', '\n') >= 0 && fields[column.Value].Contains('@', StringComparison.Ordinal);

    /// <summary>
    /// Addresses with semicolons between fall apart into columns where that is what separates them, and the second would be lost, or taken for a
    /// name. In a column with a heading it is another matter: many lists have one for the private address.
    /// </summary>
    private bool HoldsAnother(IReadOnlyList<string> fields, string[] headings, EmailAddress address)
    {
        for (var i = 0; i < fields.Count; i++)
            if (i != _email && string.IsNullOrWhiteSpace(headings.ElementAtOrDefault(i)) && (columns.HasHeader || columns.Uses.ElementAtOrDefault(i) != ColumnUse.LeftOut)
                && fields[i].Contains('@', StringComparison.Ordinal) && ListedAddress.TryParse(fields[i], out var other, out _, out _) && other.Normalized != address.Normalized)
                return true;
        return false;
    }

    private ListedPerson Rejected(ListRow row, string problem) => new(row.Line, null, problem, WrittenRow.Of(row.Fields, columns.Uses));

    private static string Says(IReadOnlyList<string> fields, int column) => Field(fields, column)?.Trim().ToLowerInvariant() ?? "";

    private static string? Field(IReadOnlyList<string> fields, int? column) => column < fields.Count ? FormulaGuard.Removed(fields[column.Value]) : null;
}
