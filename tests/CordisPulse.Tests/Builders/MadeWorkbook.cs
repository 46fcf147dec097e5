using System.IO.Compression;
using System.Text;

namespace CordisPulse.Tests.Builders;

/// <summary>A workbook put together by hand, so that any part of it can be wrong. The defaults make a good one with one sheet.</summary>
internal sealed record MadeWorkbook
{
    public const string SpreadsheetNames = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    /// <summary>What stands in the sheet's data.</summary>
    public string Rows { get; init; } = """<row r="1"><c r="A1" t="inlineStr"><is><t>email</t></is></c></row>""";

    /// <summary>Sheets of the workbook as XML; their relationships are rId1, rId2 …</summary>
    public string Sheets { get; init; } = """<sheet name="People" sheetId="1" r:id="rId1"/>""";

    public IReadOnlyList<string> MoreSheets { get; init; } = [];

    /// <summary>What stands in the shared texts.</summary>
    public string Shared { get; init; } = "";

    public string Styles { get; init; } = "";

    /// <summary>Before each part.</summary>
    public string Prolog { get; init; } = """<?xml version="1.0" encoding="UTF-8"?>""";

    public static string Text(string cell, string text) => $"""<c r="{cell}" t="inlineStr"><is><t>{text}</t></is></c>""";

    public byte[] ToBytes()
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "_rels/.rels", $"""<Relationships><Relationship Id="r" Type="{Relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
            Add(zip, "xl/workbook.xml", $"""<workbook xmlns="{SpreadsheetNames}" xmlns:r="{Relations}"><sheets>{Sheets}</sheets></workbook>""");
            var sheets = string.Concat(Enumerable.Range(1, MoreSheets.Count + 1).Select(i => $"""<Relationship Id="rId{i}" Type="{Relations}/worksheet" Target="worksheets/sheet{i}.xml"/>"""));
            Add(zip, "xl/_rels/workbook.xml.rels", $"""<Relationships>{sheets}<Relationship Id="s" Type="{Relations}/sharedStrings" Target="/xl/shared.xml"/><Relationship Id="t" Type="{Relations}/styles" Target="styles.xml"/></Relationships>""");
            Add(zip, "xl/shared.xml", $"""<sst xmlns="{SpreadsheetNames}">{Shared}</sst>""");
            Add(zip, "xl/styles.xml", $"""<styleSheet xmlns="{SpreadsheetNames}">{Styles}</styleSheet>""");
            var number = 0;
            foreach (var rows in MoreSheets.Prepend(Rows))
                Add(zip, $"xl/worksheets/sheet{++number}.xml", $"""<worksheet xmlns="{SpreadsheetNames}"><sheetData>{rows}</sheetData></worksheet>""");
        }

        return file.ToArray();
    }

    private void Add(ZipArchive zip, string path, string content)
    {
        using var part = zip.CreateEntry(path, CompressionLevel.Fastest).Open();
        part.Write(Encoding.UTF8.GetBytes(Prolog + content));
    }
}
