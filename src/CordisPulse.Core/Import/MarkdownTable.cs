using System.Text;

namespace CordisPulse.Core.Import;

/// <summary>Rows of cells as the table that Markdown knows; its first row is its heading.</summary>
internal static class MarkdownTable
{
    public static VerbatimBlock Of(IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new StringBuilder();
        foreach (var row in rows)
        {
            var isFirst = table.Length == 0;
            table.Append(isFirst ? "| " : "\n| ").AppendJoin(" | ", row.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal))).Append(" |");
            if (isFirst)
                table.Append("\n|").Insert(table.Length, "---|", row.Count);
        }

        return new VerbatimBlock(table.ToString());
    }
}
