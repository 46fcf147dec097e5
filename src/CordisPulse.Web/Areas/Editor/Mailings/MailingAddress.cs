using CordisPulse.Core.Editions;
using CordisPulse.Core.Mailings;

namespace CordisPulse.Web.Areas.Editor.Mailings;

/// <summary>Which mailing an address of the desk is about.</summary>
public sealed class MailingAddress
{
    public EditionMonth Month { get; set; }

    /// <summary>As <see cref="MailingName.Part"/> writes it; null for the edition's own.</summary>
    public string? Which { get; set; }

    /// <summary>The edition's own, should there be no such name; the route takes none of those.</summary>
    public MailingName Name => MailingName.TryParse(Month, Which, out var name) ? name : Month;

    public static string Of(MailingName name) => $"/editor/editions/{name.Month}/mailing{(name.Part.Length == 0 ? "" : "/")}{name.Part}";
}
