namespace CordisPulse.Core.Data;

/// <summary>Lengths in characters, for columns and for the forms that fill them.</summary>
public static class Limits
{
    public const int Name = 120;
    public const int SourceName = 300;
    public const int Slug = 100;
    public const int Title = 500;
    public const int Url = 2000;
    public const int Line = 300;

    /// <summary>RFC 5321 section 4.5.3.1: 64 octets, the at sign, 255 octets.</summary>
    public const int Email = 320;

    public const int Note = 1000;

    public const int AuditSubject = 120;

    public const int Comment = 4000;

    /// <summary>Hexadecimal digits of a SHA-256.</summary>
    public const int Sha256 = 64;

    public const int Text = 200_000;

    /// <summary>All fields of a form, with room for one that is too long to be saved.</summary>
    public const int Draft = 600_000;

    /// <summary>The name that an open form goes by.</summary>
    public const int Window = 40;
}
