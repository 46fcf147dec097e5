using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using MimeKit;

namespace CordisPulse.Core.Mail;

/// <summary>One message of the folder, as a list shows it.</summary>
public sealed record PickupLine(string FileName, string Subject, string To, DateTimeOffset? Date, long Bytes);

public sealed record PickupPage(IReadOnlyList<PickupLine> Lines, int Found, int Page, int Pages);

/// <summary>A message as it would have been received.</summary>
/// <param name="Links">Web addresses of the text part, in order, each once.</param>
public sealed record PickupMessage(
    string FileName, string Subject, IReadOnlyList<KeyValuePair<string, string>> Headers, string? Text, string? Html, IReadOnlyList<string> Links);

/// <summary>Reads the messages that were written instead of sent.</summary>
public sealed partial class PickupFolder(IOptions<MailOptions> options)
{
    public const int PageSize = 50;

    private const string Pattern = "*.eml";

    /// <summary>False when mail really goes out.</summary>
    public bool IsUsed => options.Value.Transport == MailTransportKind.Pickup;

    public string Path => options.Value.PickupDirectory!;

    public async Task<PickupPage> ListAsync(int page, CancellationToken cancellationToken = default)
    {
        // Names begin with the time, so the last name is the newest message.
        var files = Files().OrderByDescending(file => file.Name, StringComparer.Ordinal).ToList();
        var pages = Math.Max(1, (files.Count + PageSize - 1) / PageSize);
        var shown = Math.Clamp(page, 1, pages);
        var lines = new List<PickupLine>();
        foreach (var file in files.Skip((shown - 1) * PageSize).Take(PageSize))
            if (await HeadAsync(file, cancellationToken) is { } line)
                lines.Add(line);
        return new PickupPage(lines, files.Count, shown, pages);
    }

    /// <summary>Null unless a message of the folder has exactly this name: a name from outside is compared and never opened.</summary>
    public async Task<PickupMessage?> FindAsync(string fileName, CancellationToken cancellationToken = default)
    {
        if (Files().FirstOrDefault(file => file.Name == fileName) is not { } file || await LoadAsync(file, cancellationToken) is not { } message)
            return null;
        using (message)
        {
            var text = message.TextBody;
            return new PickupMessage(
                file.Name,
                message.Subject ?? "",
                [.. message.Headers.Select(header => KeyValuePair.Create(header.Field, header.Value))],
                text,
                message.HtmlBody,
                [.. WebAddress().Matches(text ?? "").Select(match => match.Value).Distinct()]);
        }
    }

    /// <summary>Deletes what was written to people. Every message is opened, however many they are.</summary>
    /// <param name="addresses">All that were theirs.</param>
    /// <param name="singleMails">Keys of the single mails to them, whatever address these went to.</param>
    /// <param name="cancellationToken">Ends the deleting.</param>
    /// <returns>The names of those that something else holds.</returns>
    public async Task<IReadOnlyList<string>> ForgetAsync(IReadOnlySet<string> addresses, IReadOnlySet<long> singleMails, CancellationToken cancellationToken = default)
    {
        var left = new List<string>();
        if (addresses.Count == 0 && singleMails.Count == 0)
            return left;
        foreach (var file in Files())
        {
            if (await HeadersAsync(file, cancellationToken) is not { } headers
                || (!(SingleMailIds.Read(headers[HeaderId.MessageId]) is { } single && singleMails.Contains(single))
                    && (!InternetAddressList.TryParse(headers[HeaderId.To] ?? "", out var to) || !to.Mailboxes.Any(mailbox => addresses.Contains(mailbox.Address)))))
                continue;
            try
            {
                file.Delete();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                left.Add(file.Name);
            }
        }

        return left;
    }

    private IEnumerable<FileInfo> Files()
    {
        var folder = new DirectoryInfo(Path);
        return folder.Exists ? folder.EnumerateFiles(Pattern) : [];
    }

    private static async Task<PickupLine?> HeadAsync(FileInfo file, CancellationToken cancellationToken)
    {
        if (await HeadersAsync(file, cancellationToken) is not { } headers)
            return null;
        DateTimeOffset? date = MimeKit.Utils.DateUtils.TryParse(headers[HeaderId.Date] ?? "", out var parsed) ? parsed : null;
        return new PickupLine(file.Name, headers[HeaderId.Subject] ?? "", headers[HeaderId.To] ?? "", date, file.Length);
    }

    private static async Task<HeaderList?> HeadersAsync(FileInfo file, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = file.OpenRead();
            return await HeaderList.LoadAsync(stream, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            // Taken away since the listing, or no message.
            return null;
        }
    }

    private static async Task<MimeMessage?> LoadAsync(FileInfo file, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = file.OpenRead();
            return await MimeMessage.LoadAsync(stream, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"https?://[^\s<>""]+", RegexOptions.CultureInvariant)]
    private static partial Regex WebAddress();
}
