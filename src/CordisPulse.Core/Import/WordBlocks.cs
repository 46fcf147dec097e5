using System.Text;
using System.Xml.Linq;

namespace CordisPulse.Core.Import;

/// <summary>
/// The body of a Word document as blocks: what was struck out by a tracked change is gone, what was put in stands, text boxes follow
/// the paragraph that they hang on.
/// </summary>
internal sealed class WordBlocks(WordStyles styles, IReadOnlyDictionary<string, string> links, LeftOut leftOut)
{
    private const int LongestCell = 200;

    private readonly BlockBuilder _blocks = new();
    private readonly Stack<WordListPlace> _lists = new();
    private readonly Dictionary<(string List, int Level), int> _numbers = [];
    private readonly Stack<Field> _fields = new();
    private readonly List<ParagraphBlock> _quoted = [];
    private bool _isQuotation;

    public IReadOnlyList<Block> Read(XElement body)
    {
        Container(body);
        CloseLists();
        CloseQuotation();
        return _blocks.Build();
    }

    private void Container(XElement container)
    {
        foreach (var element in container.Elements())
            switch (element.Name.LocalName)
            {
                case "p":
                    Paragraph(element);
                    break;
                case "tbl":
                    CloseLists();
                    CloseQuotation();
                    Table(element);
                    break;
                case "del" or "moveFrom" or "sectPr" or "sdtPr" or "tcPr" or "trPr" or "tblPr":
                    break;
                case "AlternateContent":
                    if (Chosen(element) is { } chosen)
                        Container(chosen);
                    break;
                default:
                    Container(element);
                    break;
            }
    }

    private void Paragraph(XElement paragraph)
    {
        List<XElement> boxes = [];
        var isQuotation = styles.IsQuotation(paragraph);
        if (!isQuotation)
            CloseQuotation();
        if (isQuotation)
        {
            Quotation(paragraph, boxes);
        }
        else if (styles.HeadingLevel(paragraph) is { } level)
        {
            CloseLists();
            Inline(paragraph, paragraph, null, isHeading: true, boxes);
            _blocks.EndHeading(level);
        }
        else if (styles.ListPlace(paragraph) is { } place && paragraph.Descendants().Any(element => element.Name.LocalName == "t"))
        {
            BeginEntry(place);
            Inline(paragraph, paragraph, null, isHeading: false, boxes);
            _blocks.EndParagraph();
        }
        else
        {
            CloseLists();
            Inline(paragraph, paragraph, null, isHeading: false, boxes);
            _blocks.EndParagraph();
        }

        foreach (var box in boxes)
        {
            CloseLists();
            Container(box);
        }
    }

    /// <summary>Paragraphs of a quotation below each other are one.</summary>
    private void Quotation(XElement paragraph, List<XElement> boxes)
    {
        CloseLists();
        _isQuotation = true;
        _blocks.BeginApart();
        Inline(paragraph, paragraph, null, isHeading: false, boxes);
        _quoted.AddRange(_blocks.EndApart().OfType<ParagraphBlock>());
        _isQuotation = false;
    }

    private void CloseQuotation()
    {
        if (_quoted.Count > 0)
            _blocks.Verbatim(BlockBuilder.Quotation(_quoted));
        _quoted.Clear();
    }

    private void BeginEntry(WordListPlace place)
    {
        while (_lists.TryPeek(out var deeper) && deeper.Level > place.Level)
            CloseList();
        if (_lists.TryPeek(out var open) && open.Level == place.Level)
        {
            if (open.List != place.List)
                CloseList();
            else
                _blocks.EndEntry();
        }

        var number = _numbers.GetValueOrDefault((place.List, place.Level), place.First);
        _numbers[(place.List, place.Level)] = number + 1;
        for (var below = place.Level + 1; below <= 8; below++)
            _numbers.Remove((place.List, below));
        if (!_lists.TryPeek(out open) || open.Level < place.Level)
        {
            _blocks.BeginList(place.IsNumbered, number);
            _lists.Push(place);
        }

        _blocks.BeginEntry();
    }

    private void CloseList()
    {
        _blocks.EndEntry();
        _blocks.EndList();
        _lists.Pop();
    }

    private void CloseLists()
    {
        while (_lists.Count > 0)
            CloseList();
    }

    private void Inline(XElement parent, XElement paragraph, string? link, bool isHeading, List<XElement> boxes)
    {
        foreach (var element in parent.Elements())
            switch (element.Name.LocalName)
            {
                case "del" or "moveFrom" or "pPr" or "sdtPr" or "commentRangeStart" or "commentRangeEnd":
                    break;
                case "r":
                    Run(element, paragraph, link, isHeading, boxes);
                    break;
                case "hyperlink":
                    Inline(element, paragraph, Linked(element.Said("id") is { } id ? links.GetValueOrDefault(id) : null, element), isHeading, boxes);
                    break;
                case "fldSimple":
                    Inline(element, paragraph, Linked(Target(element.Said("instr") ?? ""), element) ?? link, isHeading, boxes);
                    break;
                case "AlternateContent":
                    if (Chosen(element) is { } chosen)
                        Inline(chosen, paragraph, link, isHeading, boxes);
                    break;
                default:
                    Inline(element, paragraph, link, isHeading, boxes);
                    break;
            }
    }

    private void Run(XElement run, XElement paragraph, string? link, bool isHeading, List<XElement> boxes)
    {
        var look = styles.LookOf(run, paragraph, _isQuotation);
        foreach (var element in run.Elements())
            switch (element.Name.LocalName)
            {
                case "t":
                    if (!look.IsHidden && !_fields.Any(field => !field.IsShown))
                        _blocks.Text(new TextRun(HtmlBlocks.Clean(element.Value), look.IsBold && !isHeading, look.IsItalic, link ?? _fields.FirstOrDefault(field => field.Link is not null)?.Link), look.Size);
                    break;
                case "tab" or "ptab":
                    _blocks.Text(new TextRun(" ", false, false, null), look.Size);
                    break;
                case "noBreakHyphen":
                    _blocks.Text(new TextRun("-", look.IsBold && !isHeading, look.IsItalic, link), look.Size);
                    break;
                case "br" when element.Said("type") is null or "textWrapping":
                case "cr":
                    _blocks.LineBreak();
                    break;
                case "fldChar":
                    Mark(element.Said("fldCharType"));
                    break;
                case "instrText":
                    if (_fields.TryPeek(out var open))
                        open.Instruction.Append(element.Value);
                    break;
                case "drawing" or "pict" or "object":
                    Drawing(element, boxes);
                    break;
                case "AlternateContent":
                    if (Chosen(element) is { } chosen)
                        Drawing(chosen, boxes);
                    break;
            }
    }

    private void Mark(string? mark)
    {
        if (mark == "begin")
        {
            _fields.Push(new Field());
        }
        else if (mark == "end")
        {
            _fields.TryPop(out _);
        }
        else if (mark == "separate" && _fields.TryPeek(out var field))
        {
            field.IsShown = true;
            field.Link = LinkAddress.Of(Target(field.Instruction.ToString()));
        }
    }

    /// <summary>Where a field of the kind <c>HYPERLINK "https://…"</c> leads.</summary>
    private static string? Target(string instruction)
    {
        var text = instruction.Trim();
        if (!text.StartsWith("HYPERLINK", StringComparison.OrdinalIgnoreCase))
            return null;
        var start = text.IndexOf('"', StringComparison.Ordinal);
        var end = start < 0 ? -1 : text.IndexOf('"', start + 1);
        return end < 0 || text[..start].Contains("\\l", StringComparison.Ordinal) ? null : text[(start + 1)..end];
    }

    private string? Linked(string? target, XElement element)
    {
        if (LinkAddress.Of(target) is not { } address || LinkAddress.IsItself(address, element.Value))
            return null;
        leftOut.Link(address, element.Value);
        return address;
    }

    private void Drawing(XElement drawing, List<XElement> boxes)
    {
        var texts = Boxes(drawing).ToList();
        boxes.AddRange(texts);
        if (texts.Count == 0)
            foreach (var picture in drawing.Descendants().Where(element => element.Name.LocalName is "docPr" or "imagedata").Take(1))
                leftOut.Picture(Words(picture.Said("descr")) ?? Words(picture.Said("title")), picture.Said("name"), null);
    }

    private static string? Words(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    /// <summary>A drawing's text is there twice, for new programs and for old ones.</summary>
    private static IEnumerable<XElement> Boxes(XElement drawing)
    {
        foreach (var element in drawing.Elements())
            if (element.Name.LocalName == "txbxContent")
                yield return element;
            else
                foreach (var box in element.Name.LocalName == "AlternateContent" ? Chosen(element) is { } chosen ? Boxes(chosen) : [] : Boxes(element))
                    yield return box;
    }

    private static XElement? Chosen(XElement alternatives) => alternatives.Below("Choice") ?? alternatives.Below("Fallback");

    /// <summary>A table whose every cell holds a few words stays one; any other only places things.</summary>
    private void Table(XElement table)
    {
        List<List<XElement>> rows = [.. table.Elements().Where(row => row.Name.LocalName == "tr").Select(row => row.Elements().Where(cell => cell.Name.LocalName == "tc").ToList())];
        var isData = rows.Count > 1 && rows[0].Count > 1
            && rows.TrueForAll(row => row.Count == rows[0].Count && row.TrueForAll(cell => cell.Value.Length is > 0 and <= LongestCell && cell.Elements().Count(child => child.Name.LocalName is "p" or "tbl" or "sdt") == 1 && cell.Below("p") is not null));
        if (!isData)
        {
            Container(table);
            return;
        }

        _blocks.Verbatim(MarkdownTable.Of(rows.Select(row => row.ConvertAll(Cell))));
    }

    private string Cell(XElement cell)
    {
        List<XElement> boxes = [];
        _blocks.BeginApart();
        Inline(cell.Below("p")!, cell.Below("p")!, null, isHeading: true, boxes);
        var lines = _blocks.EndApart().OfType<ParagraphBlock>().SelectMany(paragraph => paragraph.Lines);
        return string.Join(' ', lines.Select(line => line.Trim()));
    }

    private sealed class Field
    {
        public StringBuilder Instruction { get; } = new();

        /// <summary>Past its instruction: what follows is the text that it gives.</summary>
        public bool IsShown { get; set; }

        public string? Link { get; set; }
    }
}
