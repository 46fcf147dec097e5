using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace CordisPulse.BrowserTests;

/// <summary>axe-core in a page. The page must have been opened with its content security policy bypassed, since axe is put into it.</summary>
internal static class Axe
{
    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    /// <summary>What it reports, a line for each rule; none when all is well. Only that crosses over from the browser: what passed is a hundred times as much.</summary>
    /// <param name="page">What it shows when it is asked.</param>
    /// <param name="only">The rules to ask for, or the tags of rules; all when left out.</param>
    /// <param name="without">Rules that don't apply here.</param>
    /// <param name="with">Rules that are off unless one asks.</param>
    public static async Task<IReadOnlyList<string>> FindAsync(IPage page, string[]? only = null, string[]? without = null, string[]? with = null)
    {
        // Putting it there takes longer than asking.
        if (!await page.EvaluateAsync<bool>("typeof axe !== 'undefined'"))
            await page.EvaluateAsync(Script);
        var (violations, looked) = await page.EvaluateAsync<Found>(
            """
            async ([only, without, also]) => {
              const options = { resultTypes: ["violations"], rules: Object.fromEntries([...without.map(rule => [rule, { enabled: false }]), ...also.map(rule => [rule, { enabled: true }])]) };
              const found = await axe.run(only.length ? { ...options, runOnly: only } : options);
              return {
                violations: found.violations.map(rule => `${rule.id}: ${rule.help} ${rule.nodes.map(node => node.html).join(" | ")}`),
                looked: found.passes.length + found.violations.length + found.incomplete.length,
              };
            }
            """,
            new[] { only ?? [], without ?? [], with ?? [] });
        Assert.NotEqual(0, looked);
        return violations;
    }

    private sealed record Found
    {
        public string[] Violations { get; init; } = [];

        /// <summary>Rules that had something to look at.</summary>
        public int Looked { get; init; }

        public void Deconstruct(out string[] violations, out int looked) => (violations, looked) = (Violations, Looked);
    }
}
