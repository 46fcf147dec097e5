using System.Net;
using CordisPulse.Core.Data;
using CordisPulse.Core.Intake;
using CordisPulse.Core.Outbound;

namespace CordisPulse.Core.Editions.Links;

/// <param name="MayPass">True when another answer may come soon.</param>
/// <param name="RetryAfter">How long the site asks to be left alone.</param>
public sealed record ProbedLink(SeenLink Seen, bool MayPass, TimeSpan? RetryAfter);

/// <summary>
/// Looks whether there is a page at an address. It asks for the headers first, and for the page where the title is wanted or where the
/// answer is not yes: many servers refuse HEAD, or answer it with nonsense, while the page is there.
/// </summary>
public sealed class LinkProbe(OutboundClient outbound)
{
    private const string Accept = "text/html, application/xhtml+xml, application/pdf;q=0.9, */*;q=0.1";
    private const int MaxBytes = 20 * 1024 * 1024;
    private const int MostTitles = 6;

    /// <param name="address">A web address.</param>
    /// <param name="titleWanted">Read what the page calls itself.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    public async Task<ProbedLink> LookAsync(Uri address, bool titleWanted, CancellationToken cancellationToken)
    {
        if (!titleWanted && await HeadersAsync(address, cancellationToken) is { } headers)
            return Of(headers, []);
        try
        {
            var answer = await outbound.GetAsync(new OutboundRequest { Address = address, Accept = Accept, MaxBytes = MaxBytes }, cancellationToken);
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

    /// <summary>Null unless the headers alone say that there is a page.</summary>
    private async Task<OutboundAnswer?> HeadersAsync(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await outbound.GetAsync(new OutboundRequest { Address = address, Accept = Accept, MaxBytes = MaxBytes, HeadOnly = true }, cancellationToken);
            return IsYes(answer.Status) ? answer : null;
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
