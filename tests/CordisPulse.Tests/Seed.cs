
namespace CordisPulse.Tests;

/// <summary>The real editions that tests may read but the repository does not hold.</summary>
public static class Seed
{
    public static string? Folder { get; } = Find();

    /// <summary>Null where the seed is here.</summary>
    public static string? WhyAbsent => Folder is null
        ? "The real editions are not here: expected in ../shared/seed beside the repository, or where CORDISPULSE_SEED says."
        : null;

    public static string PathOf(string name) => Path.Combine(Folder ?? throw new InvalidOperationException("The seed folder is absent."), name);

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("CORDISPULSE_SEED") is { Length: > 0 } given)
            return Directory.Exists(given) ? given : null;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "CordisPulse.sln")))
            {
                var seed = Path.GetFullPath(Path.Combine(folder.FullName, "..", "shared", "seed"));
                return Directory.Exists(seed) ? seed : null;
            }

        return null;
    }
}

/// <summary>A test that reads the seed, skipped where there is none.</summary>
public sealed class SeedFactAttribute : FactAttribute
{
    public SeedFactAttribute() => Skip = Seed.WhyAbsent;
}

/// <inheritdoc cref="SeedFactAttribute"/>
public sealed class SeedTheoryAttribute : TheoryAttribute
{
    public SeedTheoryAttribute() => Skip = Seed.WhyAbsent;
}
