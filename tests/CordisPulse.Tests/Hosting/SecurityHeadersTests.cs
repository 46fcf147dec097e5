using System.Net;
using CordisPulse.Tests.Builders;

namespace CordisPulse.Tests.Hosting;

/// <summary>What protects readers and staff stands on every answer, of whatever kind and from wherever it comes.</summary>
public sealed class SecurityHeadersTests
{
    [Theory]
    [InlineData("https://pulse.example.org", true)]
    [InlineData(null, false)]
    public async Task Every_kind_of_answer_has_them(string? publicUrl, bool isSecure)
    {
        await using var app = new PulseApp();
        if (publicUrl is not null)
            app.With("Site:PublicUrl", publicUrl);
        var month = (await new EditionBuilder().Item("Waiting for care").SaveAsync(app)).Month;
        await app.PublishAsync(month);
        using var reader = app.Visit();
        using var staff = await app.SignInAsync();
        foreach (var (visitor, path, status) in new (Visitor, string, HttpStatusCode)[]
        {
            (reader, $"/editions/{month}", HttpStatusCode.OK),
            // From memory.
            (reader, $"/editions/{month}", HttpStatusCode.OK),
            (reader, $"/editions/{month}.json", HttpStatusCode.OK),
            (reader, "/feed.atom", HttpStatusCode.OK),
            (reader, "/css/site.css", HttpStatusCode.OK),
            (reader, "/icon.svg", HttpStatusCode.OK),
            (reader, "/no-such-page", HttpStatusCode.NotFound),
            (reader, "/subscribe", HttpStatusCode.OK),
            (reader, "/unsubscribe/no-such-token", HttpStatusCode.NotFound),
            (reader, "/health/live", HttpStatusCode.OK),
            (reader, "/editor", HttpStatusCode.Redirect),
            (staff, "/editor", HttpStatusCode.OK),
            (staff, "/editor/no-such-page", HttpStatusCode.NotFound),
            (staff, $"/editor/editions/{month}/preview/email-frame", HttpStatusCode.OK),
        })
        {
            using var answer = await visitor.Http.GetAsync(path);
            Assert.True(answer.StatusCode == status, $"{path}: {answer.StatusCode}");
            Assert.Equal("nosniff", One("X-Content-Type-Options"));
            Assert.Equal("same-origin", One("Cross-Origin-Opener-Policy"));
            Assert.Equal("same-origin", One("Cross-Origin-Resource-Policy"));
            Assert.Contains("camera=()", One("Permissions-Policy"), StringComparison.Ordinal);
            Assert.Matches("^(no-referrer|strict-origin-when-cross-origin)$", One("Referrer-Policy"));
            Assert.Equal(isSecure ? "max-age=63072000" : null, One("Strict-Transport-Security"));
            Assert.Null(One("Server"));
            Assert.Null(One("X-Powered-By"));
            var policy = One("Content-Security-Policy")!;
            Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("script-src 'unsafe", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors", policy, StringComparison.Ordinal);
            if (visitor == staff && !path.EndsWith("frame", StringComparison.Ordinal))
                Assert.EndsWith("require-trusted-types-for 'script'; trusted-types inert-page", policy, StringComparison.Ordinal);

            string? One(string name) => answer.Headers.TryGetValues(name, out var values) ? Assert.Single(values) : null;
        }
    }
}
