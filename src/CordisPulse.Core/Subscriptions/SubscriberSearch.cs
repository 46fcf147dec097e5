using System.Globalization;
using System.Text;
using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Subscriptions;

/// <summary>What the list is searched in: one text for each person, in lower case and without accents.</summary>
public static class SubscriberSearch
{
    /// <summary>In characters: 1,700 bytes is what an index of SQL Server holds of a row.</summary>
    public const int MaxLength = 800;

    private const int PageSize = 500;

    /// <summary>Quotation marks and accents that people write for an apostrophe, before any of them becomes a space and an accent.</summary>
    private const string Apostrophes = EmailAddress.Apostrophes + "\u0060";

    private const string Hyphens = "\u2010\u2011\u2012\u2013\u2014\u2212";

    public static string TextOf(string email, string normalizedEmail, string? name, string? organisation)
    {
        var address = Fold(email);
        var text = string.Join('\n', new[] { address, normalizedEmail == address ? null : normalizedEmail, Fold(name), Fold(organisation) }.Where(part => !string.IsNullOrEmpty(part)));
        return text.Length <= MaxLength ? text : ShortText.Of(text, MaxLength);
    }

    /// <summary>What two spellings of one organisation have in common, whatever a database makes of capitals and accents; null for none.</summary>
    public static string? OrganisationKey(string? organisation)
        => PersonText.Clean(organisation) is { } name && Fold(name) is { Length: > 0 } key ? ShortText.Of(key, Limits.Line) : null;

    /// <summary>What is looked for, as the text has it; empty for what holds nothing.</summary>
    public static string Fold(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return "";
        var folded = new StringBuilder(text.Length);
        foreach (var rune in NormalForm.Of(Typed(text.Trim()), NormalizationForm.FormKD).EnumerateRunes())
            if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark))
                folded.Append(Rune.ToLowerInvariant(rune).ToString());
        return folded.ToString();
    }

    /// <summary>With the signs that are on a keyboard, of those that programs put in their place.</summary>
    private static string Typed(string text) => string.Create(text.Length, text, static (typed, text) =>
    {
        for (var i = 0; i < text.Length; i++)
            typed[i] = Apostrophes.Contains(text[i], StringComparison.Ordinal) ? '\'' : Hyphens.Contains(text[i], StringComparison.Ordinal) ? '-' : text[i];
    });

    /// <summary>Fills in the text of rows from before there was one, and what else <see cref="SubscriberRow.Describe"/> says of them.</summary>
    public static async Task FillAsync(PulseDbContext db, CancellationToken cancellationToken)
    {
        while (true)
        {
            var rows = await db.Subscribers.Where(row => row.SearchText == null && row.Email != null).OrderBy(row => row.Id).Take(PageSize).ToListAsync(cancellationToken);
            foreach (var row in rows)
                SubscriberRow.Describe(row);
            await db.SaveChangesAsync(cancellationToken);
            db.ChangeTracker.Clear();
            if (rows.Count < PageSize)
                return;
        }
    }
}
