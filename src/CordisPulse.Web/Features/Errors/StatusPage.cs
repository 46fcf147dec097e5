using CordisPulse.Core.Editions;

namespace CordisPulse.Web.Features.Errors;

public sealed record StatusPage(int Code)
{
    public string Title => Code switch
    {
        404 => "This page is not here",
        410 => "This page has been taken back",
        403 => "This page is not for this account",
        413 => "That is too large",
        429 => "Too many requests",
        >= 500 => "Something went wrong here",
        _ => "That request did not work",
    };

    public string Explanation => Code switch
    {
        404 => "The address may be mistyped, or the page has been taken down.",
        403 => "Ask an administrator if you need it.",
        400 => "What came is not what our forms send, or the form was open for too long. Go back, load the page again and try once more.",
        413 => "Send less at once.",
        429 => "Wait a minute and try again.",
        >= 500 => "It has been noted, and it was not your doing. Try again in a minute.",
        _ => "Go back and try again.",
    };
}

/// <summary>The same at the desk, with a way back.</summary>
/// <param name="Edition">The edition of which a part was asked for; null when the edition itself was, or one of its pages, since it is then what is not there.</param>
public sealed record DeskStatusPage(StatusPage Status, EditionMonth? Edition)
{
    private static readonly PathString Desk = "/editor";
    private static readonly PathString Editions = "/editor/editions";

    /// <summary>Null for an address of the public site.</summary>
    public static DeskStatusPage? Of(StatusPage status, PathString asked)
    {
        if (!asked.StartsWithSegments(Desk))
            return null;
        var of = asked.StartsWithSegments(Editions, out var rest) ? rest.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries) : [];
        var isPart = of.Length > 2 || status.Code != StatusCodes.Status404NotFound;
        return new DeskStatusPage(status, isPart && EditionMonth.TryParse(of.ElementAtOrDefault(0), out var month) ? month : null);
    }
}
