using System.Net;
using CordisPulse.Core.Data;
using CordisPulse.Core.Intake;
using CordisPulse.Core.Outbound;

namespace CordisPulse.Core.Editions.Links;

/// <param name="MayPass">True when another answer may come soon.</param>
/// <param name="RetryAfter">How long the site asks to be left alone.</param>
public sealed record ProbedLink(SeenLink Seen, bool MayPass, TimeSpan? RetryAfter);

/// <summary>How a link is looked at.</summary>
public enum LookManner
{
    /// <summary>Whether there is a page.</summary>
    Plainly,

    /// <summary>Also what the page calls itself.</summary>
    WithTitle,

    /// <summary>Whether there is a page, and only where the site's robots.txt lets programs look for themselves, as nobody has just asked for it.</summary>
    Politely,
}

/// <summary>
/// Looks whether there is a page at an address. It asks for the headers first, and for the page where the title is wanted or where the
/// answer is not yes: many servers refuse HEAD, or answer it with nonsense, while the page is there.
/// </summary>
public sealed class LinkProbe(OutboundClient outbound, RobotsRules robots)
{
    private const string Accept = "text/html, application/xhtml+xml, application/pdf;q=0.9, */*;q=0.1";
    private const int MaxBytes = 20 * 1024 * 1024;
    private const int MostTitles = 6;

    /// <summary>Of a page that is not read.</summary>
    private const int Beginning = 64 * 1024;

    public async Task<ProbedLink> LookAsync(Uri address, LookManner manner, CancellationToken cancellationToken)
    {
        var titleWanted = manner == LookManner.WithTitle;
        var request = new OutboundRequest
        {
            Address = address,
            Accept = Accept,
            MaxBytes = titleWanted ? MaxBytes : Beginning,
            Cuts = !titleWanted,
            MayAsk = manner == LookManner.Politely ? robots.AllowsAsync : null,
        };
        if (!titleWanted && await HeadersAsync(request, cancellationToken) is { } headers)
            return Of(headers, []);
        try
        {
            var answer = await outbound.GetAsync(request, cancellationToken);
            return Of(answer, titleWanted && answer.Status == HttpStatusCode.OK ? PageReader.Read(answer, cancellationToken).Facts?.Titles ?? [] : []);
        }
        catch (OutboundRefusedException e)
        {
            return new ProbedLink(
                e.Failure switch
                {
                    OutboundFailure.TooLarge => new SeenLink { State = LinkState.Answers },
                    OutboundFailure.Unanswered => new SeenLink { State = LinkState.Unanswered, Problem = e.Message },
                    _ => new SeenLink { State = LinkState.Unknown, Problem = e.Message },
                },
                e.MayPass, null);
        }
    }

    /// <summary>Null unless the headers alone say that there is a page, or that nothing more is to be asked for now.</summary>
    private async Task<OutboundAnswer?> HeadersAsync(OutboundRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await outbound.GetAsync(request with { HeadOnly = true }, cancellationToken);
            return IsYes(answer.Status) || answer.Status == HttpStatusCode.TooManyRequests || answer.RetryAfter is not null ? answer : null;
        }
        catch (OutboundRefusedException)
        {
            return null;
        }
    }

    private static ProbedLink Of(OutboundAnswer answer, IReadOnlyList<string> titles)
    {
        var moved = answer.MovedTo?.AbsoluteUri is { Length: <= Limits.Url } address ? address : null;
        return answer.Status switch
        {
            var status when IsYes(status) => Seen(new SeenLink { State = LinkState.Answers, Titles = [.. titles.Take(MostTitles)], MovedTo = moved }),
            HttpStatusCode.NotFound => Seen(new SeenLink { State = LinkState.Gone, Problem = "The site has no such page (404)." }),
            HttpStatusCode.Gone => Seen(new SeenLink { State = LinkState.Gone, Problem = "The site says that the page is gone (410)." }),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => Seen(new SeenLink { State = LinkState.Unknown, Problem = "The site shows it only to people." }),
            HttpStatusCode.TooManyRequests => Seen(new SeenLink { State = LinkState.Unknown, Problem = "The site asks to be left alone for a while." }, mayPass: true),
            var status => Seen(new SeenLink { State = LinkState.Unknown, Problem = $"The site answered {(int)status}." }, mayPass: status >= HttpStatusCode.InternalServerError),
        };

        ProbedLink Seen(SeenLink seen, bool mayPass = false) => new(seen, mayPass, answer.RetryAfter);
    }

    private static bool IsYes(HttpStatusCode status) => (int)status is >= 200 and < 300;
}
