using System.Xml.Linq;

namespace CordisPulse.Core.Import;

/// <summary>Reads a Word document; whatever it keeps elsewhere is never fetched, and what of it is a program never runs.</summary>
public sealed class WordReader : IEditionReader
{
    public IReadOnlyList<string> FileTypes => [".docx"];

    public FileText Read(ReadOnlyMemory<byte> content)
    {
        using var package = WordPackage.Open(content);
        var (name, root) = package.Main();
        var relationships = package.Relationships(name);
        var styles = new WordStyles(Only("styles"), Only("numbering"));
        var leftOut = new LeftOut();
        var blocks = root.Below("body") is { } body ? Read(body, relationships) : [];
        return new FileText(blocks)
        {
            NeedsALook = leftOut.Sentences,
            SetAside =
            [
                .. Around("header", "It stands at the head of the pages."),
                .. Around("footer", "It stands at the foot of the pages."),
                .. Around("footnotes", "It stands in a footnote."),
                .. Around("endnotes", "It stands in a note at the end."),
            ],
        };

        XElement? Only(string type) => relationships.FirstOrDefault(relationship => relationship.Type == type && !relationship.IsElsewhere) is { } found ? package.Part(found.Target) : null;

        IReadOnlyList<Block> Read(XElement part, IReadOnlyList<WordRelationship> leads)
        {
            var links = leads.Where(relationship => relationship.Type == "hyperlink" && relationship.IsElsewhere).DistinctBy(relationship => relationship.Id).ToDictionary(relationship => relationship.Id, relationship => relationship.Target);
            return new WordBlocks(styles, links, leftOut).Read(part);
        }

        IEnumerable<RecognisedSetAside> Around(string type, string why)
            => relationships
                .Where(relationship => relationship.Type == type && !relationship.IsElsewhere)
                .Select(relationship => package.Part(relationship.Target) is { } part ? SummaryMarkdown.Of(Passages.Of(Read(part, package.Relationships(relationship.Target)))) : "")
                .Where(text => text.Length > 0)
                .Distinct()
                .Select(text => new RecognisedSetAside(null, text, why));
    }
}
