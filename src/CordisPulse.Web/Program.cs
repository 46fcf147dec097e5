using CordisPulse.Web;
using CordisPulse.Web.Commands;
using CordisPulse.Web.Hosting;
using Microsoft.Extensions.Options;

try
{
    if (CommandLine.IsMeant(args))
        return await CommandLine.RunAsync(args);

    await using var app = PulseBuilder.Build(args);
    // Before the host starts, since the host would log a refused setting with a stack trace.
    app.Services.GetRequiredService<IStartupValidator>().Validate();
    await app.RunAsync();
    return 0;
}
catch (Exception e) when (StartRefusal.Explains(e, out var reason))
{
    await Console.Error.WriteLineAsync(reason);
    return 1;
}
catch (OperationCanceledException)
{
    // Asked to end before it had started.
    return 0;
}
