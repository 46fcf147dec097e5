using System.Text.Json;

namespace CordisPulse.Core.Feeds;

/// <summary>Reads JSON Feed 1.0 and 1.1, item by item and no further than is needed.</summary>
internal static class JsonFeed
{
    private const string Version = "jsonfeed.org/version/";

    private static readonly JsonReaderOptions Options = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 64 };

    /// <param name="isCut">There was more than was read, so that the end is none.</param>
    /// <returns>Null for what is no feed.</returns>
    /// <exception cref="UnreadableFeedException">It is a feed and can't be read.</exception>
    public static FeedDocument? Read(ReadOnlySpan<byte> content, bool isCut, Uri address)
    {
        var entries = new List<AnnouncedEntry>();
        string? title = null;
        var isFeed = false;
        int? damagedAt = null;
        var reader = new Utf8JsonReader(content, isFinalBlock: !isCut, new JsonReaderState(Options));
        try
        {
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName && entries.Count < FeedDocument.MostLookedAt)
            {
                var name = reader.GetString();
                if (!reader.Read())
                    break;
                if (reader.TokenType == JsonTokenType.String && name == "version")
                    isFeed = Whole(ref reader)?.Contains(Version, StringComparison.OrdinalIgnoreCase) == true;
                else if (reader.TokenType == JsonTokenType.String && name == "title")
                    title = EntryFields.PlainText(Whole(ref reader), FeedDocument.LongestTitle);
                else if (reader.TokenType == JsonTokenType.StartArray && name == "items")
                {
                    if (!ReadItems(ref reader, entries, address))
                        break;
                }
                else if (!reader.TrySkip())
                    break;
            }
        }
        catch (JsonException e) when (isFeed)
        {
            damagedAt = (int)(e.LineNumber ?? 0) + 1;
            if (entries.Count == 0)
                throw new UnreadableFeedException($"It is damaged at line {damagedAt}.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No feed that anybody could have meant.
            return null;
        }

        if (isFeed && isCut && entries.Count == 0)
            throw new UnreadableFeedException("It goes on without an entry for longer than is read.");
        return isFeed ? new FeedDocument(title, entries, damagedAt) : null;
    }

    /// <returns>False where reading ends: what follows is not there, or is not needed.</returns>
    private static bool ReadItems(ref Utf8JsonReader reader, List<AnnouncedEntry> entries, Uri address)
    {
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndArray)
                return true;
            if (entries.Count >= FeedDocument.MostLookedAt || !JsonElement.TryParseValue(ref reader, out var item))
                return false;
            if (item is { ValueKind: JsonValueKind.Object } fields && Fields(fields, address).Entry() is { } entry)
                entries.Add(entry);
        }

        return false;
    }

    private static EntryFields Fields(JsonElement item, Uri address) => new()
    {
        Base = address,
        Id = Text(item, "id"),
        Link = Text(item, "url") ?? Text(item, "external_url"),
        LinkLikeId = Text(item, "id"),
        Title = Text(item, "title"),
        Description = Text(item, "summary") ?? Text(item, "content_text") ?? Text(item, "content_html"),
        Published = Text(item, "date_published"),
        Updated = Text(item, "date_modified"),
    };

    private static string? Text(JsonElement item, string name) => !item.TryGetProperty(name, out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.String when IsWhole(value, out var text) && text.Length > 0 => text,
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };

    /// <summary>Null for half a surrogate pair, which JSON can hold and no text can.</summary>
    private static string? Whole(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>False for half a surrogate pair, which JSON can hold and no text can.</summary>
    private static bool IsWhole(JsonElement value, out string text)
    {
        try
        {
            text = value.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            text = "";
            return false;
        }
    }
}
