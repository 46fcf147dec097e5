using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using AngleSharp.Dom;

namespace CordisPulse.Core.Import;

/// <summary>
/// A page's elements as blocks, in reading order. Tables that only place things are taken apart; pictures are named once each and
/// left out; what nobody sees is no text.
/// </summary>
internal sealed class HtmlBlocks(HtmlClasses classes, CancellationToken limit)
{
    private readonly BlockBuilder _blocks = new();
    private readonly LeftOut _leftOut = new();
    private readonly Stack<HtmlListPlace> _lists = new();
    private int _outer;
    private bool _isPage;

    /// <param name="document">The page.</param>
    /// <param name="limit">Ends a reading that takes too long.</param>
    public static FileText Of(IDocument document, CancellationToken limit)
    {
        var reading = new HtmlBlocks(new HtmlClasses(document), limit);
        if (document.Body is { } body)
            reading.Children(reading.MainPart(body), HtmlStyle.Page);
        var blocks = reading._blocks.Build();
        return new FileText(blocks) { NeedsALook = reading._leftOut.Sentences };
    }

    private IElement MainPart(IElement body)
    {
        if (HtmlFurniture.Main(body) is not { } main)
            return body;
        _isPage = true;
        _leftOut.Say("What stands around the main part of the page was left out: its head, foot and ways to other pages.");
        return main;
    }

    private void Children(INode node, HtmlStyle style)
    {
        var around = _lists.Count;
        foreach (var child in node.ChildNodes)
            if (child is IText text)
            {
                Text(text.Data, style);
            }
            else if (child is IElement element)
            {
                // Entries stand side by side; whatever else stands between ends their list.
                if (_lists.Count > around && HtmlStyle.IsBlock(element) && HtmlListPlace.OfParagraph(element) is null && HtmlListPlace.OfList(element) is null)
                    CloseLists(around);
                Element(element, style);
            }

        CloseLists(around);
    }

    private void Entry(INode entry, HtmlListPlace place, HtmlStyle style, int around)
    {
        while (_lists.Count > around && (_lists.Peek().Level > place.Level || (_lists.Peek().Level == place.Level && _lists.Peek().IsNumbered != place.IsNumbered)))
            CloseLists(_lists.Count - 1);
        if (_lists.Count > around && _lists.Peek().Level == place.Level)
        {
            _blocks.EndEntry();
        }
        else
        {
            _blocks.BeginList(place.IsNumbered, place.First);
            _lists.Push(place);
        }

        _blocks.BeginEntry();
        var outer = _outer;
        _outer = _lists.Count;
        Children(entry, style);
        _outer = outer;
        _blocks.EndParagraph();
    }

    private void CloseLists(int around)
    {
        for (; _lists.Count > around; _lists.Pop())
        {
            _blocks.EndEntry();
            _blocks.EndList();
        }
    }

    private void Text(string data, HtmlStyle style)
    {
        // Builders of newsletters set the size to nothing around columns, and back within them.
        if (style.Size == 0)
            return;
        if (style.KeepsBlanks && data.AsSpan().ContainsAny('\n', '\r'))
        {
            var lines = data.ReplaceLineEndings("\n").Split('\n');
            for (var i = 0; i < lines.Length; i++)
            {
                if (i > 0)
                    _blocks.LineBreak();
                _blocks.Text(new TextRun(Clean(lines[i]), style.IsBold, style.IsItalic, style.Link), style.Size);
            }

            return;
        }

        _blocks.Text(new TextRun(Clean(data), style.IsBold, style.IsItalic, style.Link), style.Size);
    }

    /// <summary>Every kind of blank is a space; marks that only say where a word may break go.</summary>
    internal static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var c in text)
            if (c is '\u00AD' or '\u200B' or '\uFEFF' or '\u034F')
                continue;
            else
                clean.Append(char.IsWhiteSpace(c) || char.IsControl(c) ? ' ' : c);
        return clean.ToString();
    }

    private void Element(IElement element, HtmlStyle around)
    {
        if (element.LocalName is "script" or "style" or "head" or "title" or "template" or "svg" or "math" or "iframe" or "object" or "meta" or "link" or "noframes" || around.Within(element, classes) is not { } style)
            return;
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new EditionFileRefusedException("is no edition: its elements stand too deep within each other.");
        if (_isPage && HtmlFurniture.IsBeside(element))
            return;
        limit.ThrowIfCancellationRequested();
        if (HtmlFurniture.IsComment(element))
        {
            _leftOut.Say("Comments beside the text were left out.");
            return;
        }

        if (HtmlListPlace.IsMark(element))
            return;
        if (HtmlListPlace.OfParagraph(element) is { } place)
        {
            Entry(element, place, style, _outer);
            return;
        }

        if (HtmlListPlace.OfList(element) is { } list)
        {
            foreach (var entry in element.Children)
                if (style.Within(entry, classes) is { } within)
                    Entry(entry, list, within, _outer);
            return;
        }

        switch (element.LocalName)
        {
            case "br":
                _blocks.LineBreak();
                return;
            case "wbr":
                return;
            case "img":
                Picture(element, style);
                return;
            case "a":
                Link(element, style);
                return;
            case "h1" or "h2" or "h3" or "h4" or "h5" or "h6":
                _blocks.EndParagraph();
                Heading(element, style with { IsBold = false }, element.LocalName[1] - '0');
                return;
            case "ul" or "ol" or "menu" or "dir":
                List(element, style);
                return;
            case "blockquote":
                Quotation(element, style);
                return;
            case "table" when HtmlFurniture.DataTable(element) is { } rows:
                _blocks.Verbatim(MarkdownTable.Of(rows.Select(row => row.ConvertAll(cell => Cell(cell, style)))));
                return;
        }

        if (!HtmlStyle.IsBlock(element))
        {
            Children(element, style);
            return;
        }

        _blocks.EndParagraph();
        Children(element, style);
        _blocks.EndParagraph();
    }

    /// <summary>A heading around lists or paragraphs of its own is only a box.</summary>
    private void Heading(IElement element, HtmlStyle style, int level)
    {
        Children(element, style);
        _blocks.EndHeading(level);
    }

    private void Link(IElement element, HtmlStyle style)
    {
        var address = LinkAddress.Of(element.GetAttribute("href"));
        if (address is not null)
            _leftOut.Link(address, element.TextContent);
        var isBlock = HtmlStyle.IsBlock(element);
        if (isBlock)
            _blocks.EndParagraph();
        // An address that is its own words needs no link.
        Children(element, style with { Link = LinkAddress.IsItself(address, element.TextContent) ? null : address ?? style.Link });
        if (isBlock)
            _blocks.EndParagraph();
    }

    private void Picture(IElement element, HtmlStyle style)
    {
        if (!IsSpacer(element, "width") && !IsSpacer(element, "height"))
            _leftOut.Picture(element.GetAttribute("alt"), element.GetAttribute("src"), style.Link);
    }

    private static bool IsSpacer(IElement element, string side)
    {
        var length = element.GetAttribute(side) is { } attribute ? HtmlStyle.Length(attribute.Trim().ToLowerInvariant(), 0) : null;
        return length is <= 3;
    }

    private void List(IElement element, HtmlStyle style)
    {
        var first = int.TryParse(element.GetAttribute("start"), NumberStyles.None, CultureInfo.InvariantCulture, out var start) && start < 1000 ? start : 1;
        _blocks.BeginList(element.LocalName == "ol", first);
        var isOpen = false;
        foreach (var child in element.ChildNodes)
        {
            // A list that stands right within a list belongs to the entry above it.
            var opens = child is IElement { LocalName: "li" } || !isOpen;
            if (child is IText { Data: var data } && string.IsNullOrWhiteSpace(data))
                continue;
            if (opens)
            {
                if (isOpen)
                    _blocks.EndEntry();
                _blocks.BeginEntry();
                isOpen = true;
            }

            if (child is IText text)
                Text(text.Data, style);
            else if (child is IElement { LocalName: "li" } entry && style.Within(entry, classes) is { } within)
                Children(entry, within);
            else if (child is IElement other and not { LocalName: "li" })
                Element(other, style);
        }

        if (isOpen)
            _blocks.EndEntry();
        _blocks.EndList();
    }

    /// <summary>A forwarded message stands in a quotation that is none.</summary>
    private void Quotation(IElement element, HtmlStyle style)
    {
        _blocks.BeginApart();
        Children(element, style);
        var inner = _blocks.EndApart();
        if (element.GetAttribute("type") == "cite" || element.ClassName?.Contains("quote", StringComparison.Ordinal) == true || !inner.All(block => block is ParagraphBlock))
            _blocks.AddAll(inner);
        else if (inner.Count > 0)
            _blocks.Verbatim(BlockBuilder.Quotation(inner.Cast<ParagraphBlock>()));
    }

    private string Cell(IElement cell, HtmlStyle style)
    {
        if (style.Within(cell, classes) is not { } within)
            return "";
        _blocks.BeginApart();
        Children(cell, within);
        var lines = _blocks.EndApart().OfType<ParagraphBlock>().SelectMany(paragraph => paragraph.Lines);
        return string.Join(' ', lines.Select(line => line.Trim()));
    }
}
