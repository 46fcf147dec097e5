using CordisPulse.Tests.Data;
using Microsoft.AspNetCore.Hosting;

[assembly: HostingStartup(typeof(WatchedCommand))]

namespace CordisPulse.Tests.Data;

/// <summary>Has <see cref="SqlServerTwin"/> watch a command in a process of its own: a statement that is not fit for SQL Server fails the command.</summary>
public sealed class WatchedCommand : IHostingStartup
{
    public void Configure(IWebHostBuilder builder) => builder.ConfigureServices(SqlServerTwin.Watch);
}
