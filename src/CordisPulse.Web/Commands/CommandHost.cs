using CordisPulse.Core;
using CordisPulse.Core.Data;
using CordisPulse.Web.Hosting;
using Microsoft.Extensions.Options;

namespace CordisPulse.Web.Commands;

/// <summary>Runs one command on the program's own services, without a server. It works while a server runs on the same database.</summary>
internal static class CommandHost
{
    /// <summary>Exit code 0, or 1 with the reason of a <see cref="RefusedException"/> or a refused start on standard error.</summary>
    public static async Task<int> RunAsync(bool prepareDatabase, Func<IServiceProvider, Task> act, CancellationToken cancellationToken)
    {
        try
        {
            await using var app = PulseBuilder.Build([], forCommand: true);
            app.Services.GetRequiredService<IStartupValidator>().Validate();
            if (prepareDatabase)
                await app.Services.GetRequiredService<Database>().PrepareAsync(cancellationToken);
            await using var scope = app.Services.CreateAsyncScope();
            await act(scope.ServiceProvider);
            return 0;
        }
        catch (RefusedException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
        catch (Exception e) when (StartRefusal.Explains(e, out var reason))
        {
            await Console.Error.WriteLineAsync(reason);
            return 1;
        }
    }
}
