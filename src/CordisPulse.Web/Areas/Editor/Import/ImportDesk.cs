using System.Text;
using CordisPulse.Core;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Import;
using CordisPulse.Web.Areas.Editor.Compose;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Web.Areas.Editor.Import;

/// <summary>
/// Reads an edition from a form, shows it and saves it. The text travels in the form between the two, so that nothing is kept of a
/// text that nobody saves.
/// </summary>
public sealed class ImportDesk(EditionImporter importer, TrackedLinks tracked, PulseDbContext db)
{
    /// <summary>What a form can carry; no edition is near it.</summary>
    public const int MostCharacters = 2_000_000;

    /// <summary>The same for files that are no plain text; together, when there are several.</summary>
    public const int MostBytes = 12 * 1024 * 1024;

    /// <summary>Field and message of what is wrong, or what was recognised.</summary>
    /// <exception cref="ImportRefusedException">Something is wrong with a field.</exception>
    public async Task<ImportReview> ReadAsync(ImportForm form, CancellationToken cancellationToken)
    {
        var month = MonthOf(form);
        if (!Day.IsOne(form.PublishedOn))
            throw new ImportRefusedException(nameof(form.PublishedOn), Day.Wanted);
        var (name, content) = await ContentAsync(form, cancellationToken);
        RecognisedEdition recognised;
        try
        {
            recognised = await importer.RecogniseAsync(name, new MemoryStream(content), month, cancellationToken);
        }
        catch (RefusedException e)
        {
            throw new ImportRefusedException(FieldOf(form), e.Message);
        }

        Keep(form, name, content);
        if (recognised.Month is not { } found)
            throw new ImportRefusedException(nameof(form.Month), $"{recognised.MonthIsWanted} Give the month, like 2022-03.");
        if (recognised.Items.Count == 0 && recognised.News.Count == 0)
            throw new ImportRefusedException(FieldOf(form), "Nothing here looks like an edition: no item and no news was recognised.");
        var exists = await db.Editions.AnyAsync(edition => edition.Month == found, cancellationToken);
        if (exists && !form.Replace)
            throw new ImportRefusedException(nameof(form.Month), $"There is an edition of {found.Title} already. Tick “Replace it”, or give another month.", found);
        if (form.Content is null && form.Text is null)
            throw new ImportRefusedException(nameof(form.Files), $"The file is too large for this page, which takes {MostCharacters:N0} characters of text. The command “edition import” takes more.");
        recognised = TrackedLinks.Replace(recognised, form.Links.Select(link => new FollowedLink(link.From ?? "", link.To, null)));
        var sectors = await db.Sectors.Select(sector => new { sector.Slug, sector.Name }).ToDictionaryAsync(sector => sector.Slug, sector => sector.Name, cancellationToken);
        var sections = await db.Sections.Select(section => new { section.Slug, section.Name }).ToDictionaryAsync(section => section.Slug, section => section.Name, cancellationToken);
        return new ImportReview(
            recognised, found, exists, sectors, sections,
            new ImportForm { Text = form.Text, Content = form.Content, FileName = name, Month = found.ToString(), PublishedOn = form.PublishedOn, Replace = form.Replace, Links = form.Links });
    }

    /// <summary>The same, and where the links lead that count clicks. Nothing is saved.</summary>
    /// <exception cref="ImportRefusedException">Something is wrong with a field.</exception>
    public async Task<ImportReview> FollowAsync(ImportForm form, CancellationToken cancellationToken)
    {
        var review = await ReadAsync(form, cancellationToken);
        var links = await tracked.FollowAsync(review.Tracked, cancellationToken);
        form.Links = [.. form.Links, .. links.Where(link => link.To is not null).Select(link => new CarriedLink { From = link.From, To = link.To })];
        return await ReadAsync(form, cancellationToken) with { NotFollowed = [.. links.Where(link => link.To is null)] };
    }

    /// <exception cref="ImportRefusedException">Something is wrong with a field.</exception>
    public async Task<EditionMonth> SaveAsync(ImportForm form, int byId, CancellationToken cancellationToken)
    {
        var review = await ReadAsync(form, cancellationToken);
        try
        {
            return await importer.SaveAsync(
                new SaveImport { Edition = review.Edition, PublishedOn = Day.Read(form.PublishedOn), Replace = form.Replace, ById = byId }, cancellationToken);
        }
        catch (RefusedException e) when (e is not ImportRefusedException)
        {
            throw new ImportRefusedException(nameof(form.Month), e.Message);
        }
    }

    private static EditionMonth? MonthOf(ImportForm form)
        => Blank.ToNull(form.Month) is not { } text ? null
            : EditionMonth.TryParse(text, out var month) ? month
            : throw new ImportRefusedException(nameof(form.Month), "Enter a month like 2022-03.");

    private static async Task<(string Name, byte[] Content)> ContentAsync(ImportForm form, CancellationToken cancellationToken)
    {
        if (form.Files is [var file, ..])
        {
            if (file.Length > MostBytes)
                throw new ImportRefusedException(nameof(form.Files), $"The file is larger than {MostBytes / 1024 / 1024} MB. The command “edition import” takes up to {EditionFile.MaxBytes / 1024 / 1024} MB.");
            using var content = new MemoryStream();
            await file.CopyToAsync(content, cancellationToken);
            return (file.FileName, content.ToArray());
        }

        if (Blank.ToNull(form.Text) is { Length: > MostCharacters } pasted)
            throw new ImportRefusedException(nameof(form.Text), $"The text has {pasted.Length:N0} characters; {MostCharacters:N0} can be pasted. The command “edition import” takes more, as a file.");
        if (Blank.ToNull(form.Text) is { } text)
            return (Blank.ToNull(form.Content) is null ? Blank.ToNull(form.FileName) ?? "text.txt" : "text.txt", Encoding.UTF8.GetBytes(text));
        if (Blank.ToNull(form.Content) is { } encoded)
            return (form.FileName ?? "", Decoded(encoded));
        throw new ImportRefusedException(nameof(form.Files), "Choose a file, or paste the text.");
    }

    private static string FieldOf(ImportForm form) => form.Files.Count > 0 || form.Text is null ? nameof(form.Files) : nameof(form.Text);

    /// <summary>What was read is in the form again when a field of it is wrong, or when the review comes back; nothing of what is too large for it.</summary>
    private static void Keep(ImportForm form, string name, byte[] content)
    {
        var isBinary = IsBinary(name);
        var text = isBinary ? null : Encoding.UTF8.GetString(content).TrimStart('\uFEFF');
        form.FileName = name;
        form.Text = text?.Length <= MostCharacters ? text : null;
        form.Content = isBinary && content.Length <= MostBytes ? Convert.ToBase64String(content) : null;
    }

    /// <summary>A page, a message or a document would not come back from a field as the bytes that it was.</summary>
    private static bool IsBinary(string name) => Path.GetExtension(name).ToLowerInvariant() is not (".txt" or ".md" or ".markdown");

    private static byte[] Decoded(string content)
    {
        try
        {
            return Convert.FromBase64String(content);
        }
        catch (FormatException)
        {
            throw new ImportRefusedException(nameof(ImportForm.Files), "The file did not come back whole. Choose it again.");
        }
    }
}

/// <summary>What is wrong with one field of the form.</summary>
/// <param name="existing">The edition that is in the way, to link to.</param>
public sealed class ImportRefusedException(string field, string message, EditionMonth? existing = null) : RefusedException(message)
{
    public string Field { get; } = field;

    public EditionMonth? Existing { get; } = existing;
}

public sealed class ImportForm
{
    /// <summary>One, to be looked at before it is saved, or several.</summary>
    public List<IFormFile> Files { get; set; } = [];

    /// <summary>Pasted, or what the file held when it comes back from the review.</summary>
    public string? Text { get; set; }

    /// <summary>The bytes of a file that is no plain text, in base64, when it comes back from the review.</summary>
    public string? Content { get; set; }

    /// <summary>Its ending says how the text is read.</summary>
    public string? FileName { get; set; }

    public string? Month { get; set; }

    public string? PublishedOn { get; set; }

    public bool Replace { get; set; }

    /// <summary>Links that were followed on the way to the review.</summary>
    public List<CarriedLink> Links { get; set; } = [];
}

/// <summary>A followed link on its way through a form.</summary>
public sealed class CarriedLink
{
    public string? From { get; set; }

    public string? To { get; set; }
}

public sealed record ImportPage(ImportForm Form, EditionMonth? Existing);

/// <param name="Sectors">Names by slug.</param>
/// <param name="Sections">Names by slug.</param>
/// <param name="Form">What saving needs again.</param>
public sealed record ImportReview(
    RecognisedEdition Edition, EditionMonth Month, bool Exists,
    IReadOnlyDictionary<string, string> Sectors, IReadOnlyDictionary<string, string> Sections, ImportForm Form)
{
    /// <summary>Links that still count clicks, and could be followed.</summary>
    public IReadOnlyList<string> Tracked => TrackedLinks.In(Edition);

    /// <summary>All files that were chosen with this one; null for one that was chosen alone.</summary>
    public ImportedFilesForm? Among { get; init; }

    /// <summary>Which of them it is.</summary>
    public int Open { get; init; }

    public string FollowAction => Among is null ? "/editor/import/links" : "/editor/import/files/links";

    /// <summary>Those that were just asked for in vain.</summary>
    public IReadOnlyList<FollowedLink> NotFollowed { get; init; } = [];

    /// <summary>What needs a look besides the texts set aside, which are shown whole.</summary>
    public IReadOnlyList<NeedsALook> Looks
        => [.. Edition.NeedsALook.Where(look => !Edition.SetAside.Any(text => look.Reason.EndsWith(text.Why, StringComparison.Ordinal)))];

    public string Place(RecognisedItem item)
        => $"{(item.Sector is null ? "No sector" : Sectors.GetValueOrDefault(item.Sector, item.Sector))}, {(item.Section is null ? "no section" : Sections.GetValueOrDefault(item.Section, item.Section))}";

    public string? TitleOf(int? item) => item is { } index && index >= 0 && index < Edition.Items.Count ? Edition.Items[index].Title : null;
}
