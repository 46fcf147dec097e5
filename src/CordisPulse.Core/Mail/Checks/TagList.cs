namespace CordisPulse.Core.Mail.Checks;

/// <summary>A record of the form <c>v=DKIM1; k=rsa; p=…</c>, as those of DKIM (RFC 6376 section 3.2) and DMARC (RFC 7489) are.</summary>
internal sealed class TagList
{
    private readonly Dictionary<string, string> _tags = new(StringComparer.OrdinalIgnoreCase);

    private TagList()
    {
    }

    /// <summary>The value without blanks, which mean nothing; null without such a tag.</summary>
    public string? this[string tag] => _tags.GetValueOrDefault(tag);

    /// <summary>Null for a text that has not this form, or a tag twice.</summary>
    public static TagList? Read(string text)
    {
        var list = new TagList();
        foreach (var part in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || !list._tags.TryAdd(part[..equals].Trim(), string.Concat(part[(equals + 1)..].Where(c => !char.IsWhiteSpace(c)))))
                return null;
        }

        return list;
    }
}
