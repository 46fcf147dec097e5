using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using CordisPulse.Core.Editions;

namespace CordisPulse.Core.Mailings;

/// <summary>Which mailing of an edition: its own, or a numbered correction or late one.</summary>
public sealed record MailingName
{
    private MailingName(EditionMonth month, MailingKind kind, int? number) => (Month, Kind, Number) = (month, kind, number);

    public EditionMonth Month { get; }

    public MailingKind Kind { get; }

    /// <summary>Null for the edition's own, of which the newest counts: one that was stopped in time may be followed by another.</summary>
    public int? Number { get; }

    /// <summary>What comes after the month in addresses and commands, such as <c>correction-1</c>; empty for the edition's own.</summary>
    public string Part => Kind switch
    {
        MailingKind.Edition => "",
        var kind => string.Create(CultureInfo.InvariantCulture, $"{Word(kind)}-{Number}"),
    };

    /// <summary>For people, within a sentence.</summary>
    public string Title => Kind switch
    {
        MailingKind.Edition => Month.Title,
        MailingKind.Correction => string.Create(CultureInfo.InvariantCulture, $"correction {Number} of {Month.Title}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"late mailing {Number} of {Month.Title}"),
    };

    public static implicit operator MailingName(EditionMonth month) => Of(month);

    public static MailingName Of(EditionMonth month) => new(month, MailingKind.Edition, null);

    /// <param name="number">Counts for corrections and late mailings alone.</param>
    public static MailingName Of(EditionMonth month, MailingKind kind, int number) => kind == MailingKind.Edition ? Of(month) : new(month, kind, number);

    /// <param name="part">Nothing for the edition's own, or what <see cref="Part"/> writes.</param>
    public static bool TryParse(EditionMonth month, string? part, [NotNullWhen(true)] out MailingName? name)
    {
        name = null;
        if (string.IsNullOrEmpty(part))
            name = Of(month);
        else
            foreach (var kind in new[] { MailingKind.Correction, MailingKind.Late })
                if (part.StartsWith(Word(kind) + "-", StringComparison.Ordinal)
                    && int.TryParse(part.AsSpan(Word(kind).Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
                    name = Of(month, kind, number);
        // One way to write it: no zeros before the number.
        if (name is not null && name.Part != (part ?? ""))
            name = null;
        return name is not null;
    }

    public override string ToString() => Kind == MailingKind.Edition ? Month.ToString() : $"{Month} {Part}";

    private static string Word(MailingKind kind) => kind.ToString().ToLowerInvariant();
}

internal static class NamedMailings
{
    /// <summary>Those that the name stands for, the newest first.</summary>
    public static IQueryable<Mailing> Named(this IQueryable<Mailing> mailings, MailingName name)
    {
        var (month, kind, number) = (name.Month, name.Kind, name.Number);
        return mailings.Where(m => m.Edition!.Month == month && m.Kind == kind && (number == null || m.Number == number)).OrderByDescending(m => m.Number);
    }
}
