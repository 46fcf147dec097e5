namespace CordisPulse.Web.Hosting.Pages;

/// <summary>Compresses well, one after the other and behind the answers, the pages that are asked for again.</summary>
internal sealed class PageCompression(PageMemory memory) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var page in memory.AskedAgainAsync(stoppingToken))
                page.Improve();
        }
        catch (OperationCanceledException)
        {
        }
    }
}
