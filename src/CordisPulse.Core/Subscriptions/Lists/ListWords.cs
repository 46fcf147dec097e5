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
