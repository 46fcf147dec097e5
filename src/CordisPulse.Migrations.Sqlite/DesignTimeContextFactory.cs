using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Migrations.Sqlite;

/// <summary>Gives the migrations tool the context exactly as the program builds it; no database is opened.</summary>
internal sealed class DesignTimeContextFactory : IDesignTimeDbContextFactory<PulseDbContext>
{
    public PulseDbContext CreateDbContext(string[] args)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Database:Provider"] = DatabaseOptions.Sqlite,
                ["ConnectionStrings:CordisPulse"] = "Data Source=:memory:",
            })
            .Build());
        services.AddPulseDatabase();
        return services.BuildServiceProvider().GetRequiredService<IDbContextFactory<PulseDbContext>>().CreateDbContext();
    }
}
