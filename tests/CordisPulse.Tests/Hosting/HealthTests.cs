using System.Net;

namespace CordisPulse.Tests.Hosting;

public sealed class HealthTests(PulseApp app) : IClassFixture<PulseApp>
{
    [Theory]
    [InlineData("/health/live", "Live")]
    [InlineData("/health/ready", "Ready")]
    public async Task A_started_program_says_so(string path, string word)
    {
        using var visitor = app.Visit();
        var page = await visitor.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal(word, page.Html);
    }
}
