namespace CordisPulse.Core.Subscriptions.Lists;

/// <summary>What people read for the ways in which lists are written.</summary>
public static class ListWords
{
    public static string Of(ListEncoding encoding) => encoding switch
    {
        ListEncoding.Utf8 => "UTF-8",
        ListEncoding.Utf16 => "UTF-16",
        ListEncoding.Utf16BigEndian => "UTF-16 (big-endian)",
        _ => "Windows-1252",
    };

    /// <summary>Of somebody on a list who is not added: why not, as far as it is known, and nothing of who they are.</summary>
    public static string StaysOff(SuppressionReason? reason) => reason switch
    {
        SuppressionReason.Unsubscribed => "This person left, and stays off the list.",
        SuppressionReason.Bounced => "Mail to this address came back. It stays off the list.",
        SuppressionReason.Complained => "This person reported a mail as unwanted, and stays off the list.",
        SuppressionReason.Erased => "This person was erased, and stays off the list.",
        SuppressionReason.Moved => "This is an address that somebody had before. It stays off the list.",
        _ => "This address can't be mailed, and stays off the list.",
    };

    public static string Capital(string words) => char.ToUpperInvariant(words[0]) + words[1..];

    public static string OfSeparator(char separator) => separator switch
    {
        ',' => "comma",
        ';' => "semicolon",
        '\t' => "tab",
        _ => "vertical bar",
    };

    public static string Of(ColumnUse use) => use switch
    {
        ColumnUse.Email => "e-mail address",
        ColumnUse.Name => "name",
        ColumnUse.FirstName => "first name",
        ColumnUse.LastName => "last name",
        ColumnUse.Organisation => "organisation",
        ColumnUse.Sectors => "sectors",
        ColumnUse.HasLeft => "has left",
        ColumnUse.Status => "status",
        _ => "left out",
    };
}
