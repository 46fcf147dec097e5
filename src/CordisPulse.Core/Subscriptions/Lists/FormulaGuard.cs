namespace CordisPulse.Core.Subscriptions.Lists;

/// <summary>An export puts an apostrophe before what a spreadsheet would run as a formula; an import takes it off.</summary>
internal static class FormulaGuard
{
    public static string Removed(string field) => field is ['\'', '=' or '+' or '-' or '@' or '\t' or '\r', ..] ? field[1..] : field;
}
