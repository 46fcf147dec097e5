namespace CordisPulse.Core.Editions.Checks;

/// <summary>Acronyms that need no spelling out, from <c>known-acronyms.txt</c>.</summary>
internal static class KnownAcronyms
{
    private static readonly Lazy<HashSet<string>> All = new(Read);

    public static bool Has(string acronym) => All.Value.Contains(acronym);

    private static HashSet<string> Read()
    {
        using var reader = new StreamReader(typeof(KnownAcronyms).Assembly.GetManifestResourceStream("Checks/known-acronyms.txt")!);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#')];
    }
}
