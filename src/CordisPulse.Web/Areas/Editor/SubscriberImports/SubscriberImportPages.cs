using System.ComponentModel.DataAnnotations;
using System.Globalization;
using CordisPulse.Core.Subscriptions.Lists;
using CordisPulse.Web.Areas.Editor.Subscribers;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace CordisPulse.Web.Areas.Editor.SubscriberImports;

public sealed record SubscriberImportsPage(ImportFileForm Form, IReadOnlyList<ListImportSummary> Imports);

/// <param name="Lines">Null while nothing was imported.</param>
public sealed record SubscriberImportPage(ListImportView View, ReadListForm Read, ConfirmListForm Confirm, ImportLineFilter Filter, ListLines? Lines)
{
    public ListImport Import => View.Import;

    public string Here => string.Create(CultureInfo.InvariantCulture, $"/editor/subscribers/import/{Import.Id}");

    public bool IsMoving => Import.State is ListImportState.Running or ListImportState.Undoing || (Import.State == ListImportState.Waiting && View.Preview is null);

    /// <summary>Whoever wanted to import it has not seen yet how it is read now.</summary>
    public bool IsReadAnew => ListDraft.From(Import.Draft) is { WasToBeImported: true };

    public string AddressOf(int page) => $"{Here}?outcome={Filter.Outcome}&page={page.ToString(CultureInfo.InvariantCulture)}";
}

public sealed class ImportFileForm : IValidatableObject
{
    /// <summary>In bytes: a million people and more.</summary>
    public const long LargestFile = 128 * 1024 * 1024;

    /// <summary>More than the file alone, so that one which is somewhat too large is still read and answered at its field.</summary>
    public const long LargestRequest = LargestFile + (32 * 1024 * 1024);

    public IFormFile? File { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (File is null)
            yield return new ValidationResult("Choose a CSV file or an Excel workbook.", [nameof(File)]);
        else if (File.Length > LargestFile)
            yield return new ValidationResult("The file is larger than 128 MB. Split it, and import the parts one after another.", [nameof(File)]);
    }
}

public sealed class ConfirmListForm : BasisForm
{
    public static ConfirmListForm Of(ListDraft? draft) => new()
    {
        Ground = draft?.Ground,
        ObtainedFrom = draft?.ObtainedFrom,
        ObtainedOn = draft?.ObtainedOn,
        Told = draft?.Told,
        Assessment = draft?.Assessment,
    };

    /// <summary>Whether what was typed is no day, which can't be kept and stays in the form alone. Of the rest nothing is told then: it is not complete before the list is imported.</summary>
    /// <param name="problems">Keeps what is wrong with the day alone.</param>
    public bool IsDayUnread(ModelStateDictionary problems)
    {
        if (ObtainedOn is not null || problems[nameof(ObtainedOn)] is not { AttemptedValue.Length: > 0 })
            return false;
        foreach (var other in problems.Keys.Where(key => key != nameof(ObtainedOn)).ToList())
            problems.Remove(other);
        return true;
    }

    public ListDraft ToDraft() => new() { Ground = Ground, ObtainedFrom = ObtainedFrom, ObtainedOn = ObtainedOn, Told = Told, Assessment = Assessment };
}

/// <summary>How a list is read, as the page offers it.</summary>
public sealed class ReadListForm
{
    /// <summary>More than a list of people has; the others are behind a fold.</summary>
    private const int MostColumnsShown = 12;

    public ListEncoding Encoding { get; set; }

    /// <summary>Its place in <see cref="ListFormat.Separators"/>.</summary>
    public int Separator { get; set; }

    public int Sheet { get; set; }

    public bool HasHeader { get; set; }

    public List<ColumnUse> Columns { get; set; } = [];

    /// <summary>Domains that are to be written as offered.</summary>
    public List<string> Mended { get; set; } = [];

    /// <summary>Places of the columns that the page shows at once: those that are read, and the first of the others.</summary>
    public IReadOnlyList<int> ColumnsShown(int count)
    {
        var read = Enumerable.Range(0, count).Where(column => UseOf(column) != ColumnUse.LeftOut).ToList();
        return [.. read.Concat(Enumerable.Range(0, count).Except(read).Take(MostColumnsShown - read.Count)).Order()];
    }

    public ColumnUse UseOf(int column) => Columns.ElementAtOrDefault(column);

    public static ReadListForm Of(ListImport import) => new()
    {
        Encoding = import.Encoding,
        Separator = ListFormat.Separators.ToList().IndexOf(import.Format.Separator),
        Sheet = import.Sheet,
        HasHeader = import.HasHeader,
        Columns = [.. import.ColumnsRead.Uses],
        Mended = [.. import.MendedDomains.Keys],
    };

    public ReadListAs ToAct(int id, ListDraft draft) => new()
    {
        ImportId = id,
        Format = new ListFormat(Enum.IsDefined(Encoding) ? Encoding : default, ListFormat.Separators[Math.Clamp(Separator, 0, ListFormat.Separators.Count - 1)]),
        Sheet = Sheet,
        HasHeader = HasHeader,
        Uses = [.. Columns.Select(use => Enum.IsDefined(use) ? use : default)],
        Mended = Mended,
        Draft = draft,
    };
}

/// <param name="Column">Its place, from 0.</param>
/// <param name="Heading">What its first row says, cut short.</param>
public sealed record ColumnChoice(int Column, string Heading, ColumnUse Use);

/// <summary>Which lines of a report are looked at.</summary>
public sealed class ImportLineFilter
{
    public ListLineOutcome? Outcome { get; set; }

    public int Page { get; set; } = 1;
}

internal static class ImportWords
{
    public static string Of(ListImportState state) => state switch
    {
        ListImportState.Waiting => "Not imported yet",
        ListImportState.Running => "Being imported",
        ListImportState.Done => "Imported",
        ListImportState.Undoing => "Being taken back",
        ListImportState.Undone => "Taken back",
        ListImportState.UndoFailed => "Taken back in part",
        ListImportState.Withdrawn => "Removed before it was imported",
        _ => "Ended early",
    };

    public static string Of(ListLineOutcome outcome) => outcome switch
    {
        ListLineOutcome.Added => "Added",
        ListLineOutcome.AlreadyThere => "Already there",
        ListLineOutcome.Suppressed => "Suppressed",
        ListLineOutcome.Rejected => "Rejected",
        ListLineOutcome.TakenBack => "Taken back",
        _ => "Stays",
    };

    /// <summary>As an option of a list.</summary>
    public static string Option(ColumnUse use) => ListWords.Capital(ListWords.Of(use));

    public static string Separator(char separator) => ListWords.Capital(ListWords.OfSeparator(separator));

    public static string Of(LineRange above) => $"{ListWords.Capital(above.LeftOutAbove)}.";
}
