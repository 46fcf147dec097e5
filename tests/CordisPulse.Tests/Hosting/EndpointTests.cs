using System.Net;
using CordisPulse.Core.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Tests.Hosting;

/// <summary>Walks every endpoint there is and asserts who may reach it.</summary>
public sealed class EndpointTests(PulseApp app) : IClassFixture<PulseApp>
{
    /// <summary>What of the desk can be opened without being signed in.</summary>
    private static readonly string[] OpenOnTheDesk = ["editor/sign-in", "editor/sign-in/code", "editor/sign-out", "editor/set-up/{token}", "editor/not-allowed"];

    [Fact]
    public void Everything_outside_the_desk_is_public_and_everything_in_it_is_closed()
    {
        foreach (var endpoint in Actions())
        {
            var route = endpoint.RoutePattern.RawText!.TrimStart('/');
            var isDesk = route == "editor" || route.StartsWith("editor/", StringComparison.Ordinal);
            var isOpen = endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;
            Assert.True(isOpen == (!isDesk || OpenOnTheDesk.Contains(route)), $"{route} is {(isOpen ? "open" : "closed")}.");
        }
    }

    [Fact]
    public void Everything_that_a_cookie_allows_asks_for_an_antiforgery_token()
    {
        foreach (var endpoint in Actions().Where(endpoint => endpoint.RoutePattern.RawText!.TrimStart('/').StartsWith("editor", StringComparison.Ordinal)))
            Assert.DoesNotContain(endpoint.Metadata, item => item is Microsoft.AspNetCore.Mvc.IgnoreAntiforgeryTokenAttribute);
    }

    [Fact]
    public async Task Nobody_reaches_the_desk_without_signing_in()
    {
        using var visitor = app.Visit();
        foreach (var path in Actions().Select(Path).Where(path => path.StartsWith("/editor", StringComparison.Ordinal) && !OpenOnTheDesk.Any(open => path.StartsWith("/" + open.Split('{')[0], StringComparison.Ordinal))).Distinct())
        {
            var page = await visitor.GetAsync(path);
            Assert.True(page.Status == HttpStatusCode.Redirect && page.Location!.OriginalString.StartsWith("/editor/sign-in", StringComparison.Ordinal)
                || page.Status is HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotFound, $"{path} answered {page.Status}.");
        }
    }

    /// <summary>Who may what on the desk: the first line that the route begins with, and that names its method if it names one, holds.</summary>
    private static readonly (string Route, string? Method, string Least)[] LeastRoles =
    [
        ("editor/sign-in", null, Roles.Editor),
        ("editor/not-allowed", null, Roles.Editor),
        ("editor/set-up", null, Roles.Editor),
        // Editors make sources, and choose topics, as they work.
        ("editor/settings/sources", null, Roles.Editor),
        ("editor/settings/topics", null, Roles.Editor),
        ("editor/settings", null, Roles.Administrator),
        ("editor/accounts", null, Roles.Administrator),
        ("editor/audit", null, Roles.Administrator),
        ("editor/subscribers", null, Roles.Publisher),
        ("editor/returns", null, Roles.Publisher),
        ("editor/outbox", null, Roles.Publisher),
        ("editor/mailings", null, Roles.Publisher),
        ("editor/editions/{month:month}/mailing", null, Roles.Publisher),
        ("editor/editions/{month:month}/unpublish", null, Roles.Publisher),
        ("editor/editions/{month:month}/preview/approve", null, Roles.Publisher),
        ("editor/editions/{month:month}/preview/withdraw-approval", null, Roles.Publisher),
        // Everybody may see what publishing would change and who can do it.
        ("editor/editions/{month:month}/publish", "POST", Roles.Publisher),
        ("editor/data-protection", null, Roles.Publisher),
        ("editor", null, Roles.Editor),
    ];

    [Fact]
    public async Task Each_role_reaches_what_is_its_own_and_nothing_else()
    {
        string[] ranks = [Roles.Editor, Roles.Publisher, Roles.Administrator];
        foreach (var role in ranks)
        {
            using var visitor = await app.SignInAsync(role);
            var token = (await visitor.GetAsync("/editor")).One("input[name=__RequestVerificationToken]").GetAttribute("value")!;
            foreach (var endpoint in Actions().Where(IsOfTheDesk))
            {
                var route = endpoint.RoutePattern.RawText!.TrimStart('/');
                var method = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0];
                // Leaving would end the walk.
                if (route == "editor/sign-out")
                    continue;
                var least = LeastRoles.First(line => route.StartsWith(line.Route, StringComparison.Ordinal) && (line.Method ?? method) == method).Least;
                using var request = new HttpRequestMessage(new HttpMethod(method), Path(endpoint));
                if (method == "POST")
                    request.Content = new FormUrlEncodedContent([new("__RequestVerificationToken", token)]);
                using var answer = await visitor.Http.SendAsync(request);
                var isRefused = answer.Headers.Location?.ToString().Contains("/editor/not-allowed", StringComparison.Ordinal) == true;
                var isBelow = Array.IndexOf(ranks, role) < Array.IndexOf(ranks, least);
                Assert.True(isRefused == isBelow, $"{method} {route} {(isRefused ? "refuses" : "answers")} {role}: {answer.StatusCode}.");
            }
        }
    }

    [Fact]
    public async Task No_address_answers_an_administrator_or_a_stranger_with_a_server_error()
    {
        using var stranger = app.Visit();
        using var administrator = await app.SignInAsync(Roles.Administrator);
        foreach (var path in Actions().Select(Path).Distinct())
            foreach (var visitor in (Visitor[])[stranger, administrator])
            {
                var page = await visitor.GetAsync(path);
                Assert.True((int)page.Status < 500 || path.StartsWith("/error", StringComparison.Ordinal), $"{path} answered {page.Status}:\n{page.Text}");
            }
    }

    private static bool IsOfTheDesk(RouteEndpoint endpoint) => $"{endpoint.RoutePattern.RawText!.TrimStart('/')}/".StartsWith("editor/", StringComparison.Ordinal);

    private IEnumerable<RouteEndpoint> Actions()
    {
        _ = app.Address;
        return app.Services.GetServices<EndpointDataSource>()
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<ControllerActionDescriptor>() is not null);
    }

    /// <summary>An address that the route takes, of things that are not there.</summary>
    private static string Path(RouteEndpoint endpoint) => "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment =>
        string.Concat(segment.Parts.Select(part => part switch
        {
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternSeparatorPart separator => separator.Content,
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "month" } => "2031-01",
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "id" or "number" } => "1",
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "code" } => "404",
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "which" } => "late-1",
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "decision" } => "send-again",
            _ => "nothing",
        }))));
}
