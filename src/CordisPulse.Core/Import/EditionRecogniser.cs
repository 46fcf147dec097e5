using System.Globalization;
using CordisPulse.Core.Editions;

namespace CordisPulse.Core.Import;

/// <summary>
/// Turns the blocks of a text into an edition, in passes that each have a class of their own: torn text is mended
/// (<see cref="BrokenText"/>), cut where line breaks were meant (<see cref="Passages"/>), corrections of an earlier publication are
/// put aside (<see cref="Corrections"/>), tables of contents are left out (<see cref="Contents"/>), sources above marked headings join
/// these (<see cref="SourcesAbove"/>), numbered headings are told from lists
/// (<see cref="NumberedItems"/>), structure headings are found by name (<see cref="StructureHeadings"/>), items' headings by
/// weighing evidence (<see cref="HeadingEvidence"/>), the text is cut into segments (<see cref="Segments"/>), and each is read:
/// letter, publisher's details, titles, decoration.
/// Never throws, whatever the text, and takes time in proportion to its length.
/// </summary>
public static class EditionRecogniser
{
    /// <summary>With a month given, the month that the text itself names is only checked against it.</summary>
    public static RecognisedEdition Recognise(IReadOnlyList<Block> blocks, Vocabulary vocabulary, EditionMonth? month = null)
    {
        var names = new Names(vocabulary);
        var (text, corrections) = Corrections.Apart(Passages.Of(BrokenText.Mend(blocks)));
        (text, var contents) = Contents.Apart(text, names);
        var passages = NumberedItems.Unroll(SourcesAbove.Join(text, names), names);
        var marks = StructureHeadings.Find(passages, names);
        names = names with { Sources = SourceNames.Learn(names.Sources.Known, passages, marks) };
        return new Reading(names, passages, marks, Segments.Cut(passages, marks, names)).Edition(month, corrections, contents);
    }

    private sealed class Reading(Names names, IReadOnlyList<Passage> passages, StructureMark?[] marks, Segments segments)
    {
        private const int FirstLines = 3;
        private const int LongestFooter = 15;

        private readonly List<NeedsALook> _looks = [];
        private readonly List<RecognisedSetAside> _setAside = [];
        private readonly List<string> _structure = [.. passages.Where((_, i) => marks[i] is not null).Select(passage => passage.Text)];
        private readonly bool _isMarked = passages.Where((passage, i) => marks[i] is { Places: true } && passage.Kind == PassageKind.Heading).Any();
        private readonly bool _hasSourcesAbove = passages.Any(passage => passage.SourceAbove is not null);
        private readonly List<RecognisedNews> _news = [];
        private readonly List<RecognisedItem> _items = [];

        public RecognisedEdition Edition(EditionMonth? given, IReadOnlyList<string> corrections, IReadOnlyList<string> contents)
        {
            _structure.AddRange(contents);
            if (contents.Count > 0)
                Look("A table of contents was left out: the edition makes its own.");
            foreach (var correction in corrections)
                SetAside(correction, Corrections.Why, null);
            AboveTitle();
            var letter = Letter.Read(segments.Front, names);
            var footer = Footer();
            foreach (var segment in segments.All)
                if (segment.IsNews)
                    _news.Add(News(segment));
                else
                    _items.Add(Item(segment));
            Loose();
            if (_items.Count == 0)
                Look("No item was recognised in this text.");
            var month = Month(given, letter);
            return new RecognisedEdition
            {
                Month = month,
                Introduction = SummaryMarkdown.Of(letter.Introduction),
                SignOff = letter.SignOff,
                News = _news,
                Items = _items,
                Publisher = Boilerplate.Read([.. letter.Boilerplate, .. footer], names),
                SetAside = [.. _setAside.OrderBy(text => text.After ?? -1)],
                NeedsALook = [.. _looks.OrderBy(look => look.Item ?? -1)],
                Structure = _structure,
            };
        }

        private EditionMonth? Month(EditionMonth? given, Letter letter)
        {
            var found = marks.FirstOrDefault(mark => mark?.Month is not null)?.Month;
            found ??= FromTitle();
            if (found is null)
                foreach (var passage in letter.Introduction.Take(3))
                    found ??= MonthInText.InSentence(passage.Text);
            if (given is { } month)
            {
                if (found is { } other && other != month)
                    Look($"The text says {other.Title}; it is brought in as {month.Title}.");
                return month;
            }

            if (found is null)
                Look("The text does not say which month it is of.");
            return found;
        }

        /// <summary>One of the first lines says more than the edition's name and its month: it stays in the introduction, and gives the month.</summary>
        private EditionMonth? FromTitle()
        {
            for (var i = 0; i < passages.Count && i < FirstLines && marks[i] is null or { IsTitle: true }; i++)
                if (passages[i] is { IsLine: true, Text.Length: <= 120 } line
                    && (line.Kind == PassageKind.Heading || (Wording.WordCount(line.Text) <= 12 && !Wording.EndsSentence(line.Text)))
                    && MonthInText.InTitle(line.Text) is { } month)
                {
                    Look($"The month, {month.Title}, is taken from “{Short(line.Text)}”.");
                    return month;
                }

            return null;
        }

        /// <summary>The one short line that a page has above a marked title with its month says what the digest is.</summary>
        private void AboveTitle()
        {
            if (passages is not [{ Kind: PassageKind.Text } line, { Kind: PassageKind.Heading, Level: 1 }, ..] || marks[0] is not null || marks[1]?.Month is null
                || line.Text.Length > 160 || Boilerplate.Weigh(line, names) > 0 || Wording.LastMark(line.Text) is '.' or ',' or ':' or '!' or '?')
                return;
            segments.Front.Remove(line);
            SetAside(line.Text, "It stands above the title of the edition.", null);
        }

        /// <summary>Boilerplate at the very end of a text stands below the last item or news item and belongs to neither.</summary>
        private List<Passage> Footer()
        {
            if (segments.All is not [.., var last])
                return [];
            var body = last.Body;
            var start = body.Count;
            var weight = 0;
            for (var i = body.Count - 1; i >= 0; i--)
            {
                var here = Boilerplate.Weigh(body[i], names);
                if (here > 0)
                {
                    weight += here;
                    start = i;
                }
                else if (body[i].Kind != PassageKind.Text || body[i].Text.Length >= 60 || start - i > 3 || start == body.Count || body[i].Paragraph != body[start].Paragraph)
                    break;
            }

            for (var i = Math.Max(0, body.Count - LongestFooter); i < start; i++)
                if (Boilerplate.BeginsFooter(body[i]) && body.GetRange(i, start - i).TrueForAll(passage => passage.Kind == PassageKind.Text && Wording.WordCount(passage.Text) <= 40))
                {
                    start = i;
                    weight += 2;
                }

            while (start > 0 && start < body.Count && body[start].Paragraph == body[start - 1].Paragraph && body[start - 1].Text.Length < 60)
                start--;
            if (weight < 2)
                return [];
            var footer = body.GetRange(start, body.Count - start);
            body.RemoveRange(start, body.Count - start);
            return footer;
        }

        private RecognisedNews News(Segment segment)
        {
            var title = TitleLine.WithoutSource(segment.Heading.Text);
            var after = _items.Count > 0 ? _items.Count - 1 : (int?)null;
            KeepRest(title, after);
            return new RecognisedNews(title.Title, title.Url, Body(segment, segment.Body, title.Title, null, after));
        }

        private RecognisedItem Item(Segment segment)
        {
            var index = _items.Count;
            var body = segment.Body;
            var metadata = TakeMetadata(ref body);
            var sourceLine = SourceLine.Read(body);
            var above = segment.Heading.SourceAbove is { } line ? HeadingText.Parse(line.Text) : null;
            var title = sourceLine is null && above is null ? TitleLine.Parse(segment.Heading.Text, names.Sources) : TitleLine.WithoutSource(segment.Heading.Text);
            if (sourceLine is not null)
            {
                _structure.Add(body[0].Text);
                body = body[(sourceLine.Url is not null && title.Url is null ? 2 : 1)..];
                metadata ??= TakeMetadata(ref body);
            }

            if (metadata is null && _hasSourcesAbove && segment.Heading.Kind == PassageKind.Heading && Byline.Read(body, names.Sources.Common) is { } authors)
            {
                metadata = new ItemMetadata(authors, null, null);
                _structure.Add(body[0].Text);
                Look($"“{Short(body[0].Text)}” is taken for the authors of “{title.Title}”.", index);
                body = body[1..];
            }

            if (above is { Links: [{ Url: var ofSource }] })
                _structure.Add(ofSource);
            if (body is [.., { Kind: PassageKind.Text, OpensParagraph: true } last] && IsLinkToItself(last.Text, title.Title))
            {
                _structure.Add(last.Text);
                body = body[..^1];
            }

            KeepRest(title, index);
            var source = title.Source ?? sourceLine?.Source ?? above?.Plain;
            var item = new RecognisedItem
            {
                Sector = segment.Sector?.Key,
                Section = segment.Section?.Key,
                Source = source,
                SourceKey = title.Known?.Key ?? (source is null || title.Source is not null ? null : names.Sources.Known.Find(source)?.Key),
                Title = title.Title,
                Url = title.Url ?? sourceLine?.Url,
                Authors = metadata?.Authors ?? [],
                PublishedOn = metadata?.PublishedOn,
                Doi = metadata?.Doi,
                Topics = metadata?.Topics ?? [],
                Summary = Body(segment, body, title.Title, source, index),
            };
            LookAt(item, title, index);
            if (item.Source is null && Wording.WordCount(title.Title) <= 10 && Wording.IsNameLike(title.Title) && body is [var first, ..] && HeadingEvidence.MayBeTitle(first))
                Look($"“{Short(first.Text)}” may be the title of this item, and “{item.Title}” its source.", index);
            return item;
        }

        /// <summary>Below an item a web page links to the item's own page, with the title in the words of the link.</summary>
        private static bool IsLinkToItself(string line, string title)
            => line.Length <= 1000 && HeadingText.Parse(line) is { Links: [{ Text: var words }], Plain: var plain } && words == plain && plain.Length > title.Length && plain.EndsWith(": " + title, StringComparison.Ordinal);

        private ItemMetadata? TakeMetadata(ref List<Passage> body)
        {
            if (body is not [{ } first, ..] || (first.List is { } list ? ItemMetadata.Parse(list) : first.Kind == PassageKind.Text ? ItemMetadata.Parse(first.Text) : null) is not { } metadata)
                return null;
            _structure.Add(first.List is null ? first.Text : SummaryMarkdown.Of([first]));
            body = body[1..];
            return metadata;
        }

        private void LookAt(RecognisedItem item, TitleLine title, int index)
        {
            if (item.Sector is null)
                Look($"“{item.Title}” stands under no sector heading.", index);
            if (item.Section is null)
                Look($"“{item.Title}” stands under no section heading.", index);
            if (title.Evidence is SourceEvidence.Guess or SourceEvidence.Body)
                Look($"“{title.Source}” is taken for the source of “{item.Title}”; it may be part of the title.", index);
            else if (item.Source is null)
                Look(title.StartsWithKnown is { } known
                    ? $"“{item.Title}” has no source; it begins with the name of one ({known.Name})."
                    : $"“{item.Title}” has no source.", index);
            if (title.TitleMayBeginWithAPart)
                Look($"“{item.Title}” may begin with a part of its source.", index);
            if (item.Summary.Length == 0)
                Look($"“{item.Title}” has no summary.", index);
        }

        private string Body(Segment segment, List<Passage> body, string title, string? source, int? after)
        {
            var decoration = Decoration.In(body, title, source);
            foreach (var found in decoration)
                SetAside(string.Join('\n', body.GetRange(found.Start, found.Count).Select(passage => passage.Text)), found.Why, after);
            var dropped = decoration.SelectMany(found => Enumerable.Range(found.Start, found.Count)).ToHashSet();
            List<Passage> kept = [.. body.Where((_, i) => !dropped.Contains(i))];
            foreach (var passage in kept.Where(segment.Doubtful.Contains))
                Look($"“{Short(passage.Text)}” may head an item of its own; it stands in the summary of “{title}”.", after);
            return SummaryMarkdown.Of(kept, SubHeadings.In(kept, _isMarked));
        }

        private void KeepRest(TitleLine title, int? after)
        {
            if (title.Number is { } number)
                _structure.Add(number);
            if (title.IsLinkLost)
                _structure.Add(TitleLine.LinkNotKept);
            foreach (var url in title.OtherUrls)
                SetAside(url, $"The heading “{title.Title}” holds more than one link; this one was not taken.", after);
        }

        private void Loose()
        {
            for (var i = 0; i < segments.Loose.Count; i++)
            {
                var loose = segments.Loose[i];
                SetAside(loose.Passage.List is null ? loose.Passage.Text : SummaryMarkdown.Of([loose.Passage]), loose.Why, loose.ItemsBefore > 0 ? loose.ItemsBefore - 1 : null);
            }
        }

        private void SetAside(string text, string why, int? after)
        {
            _setAside.Add(new RecognisedSetAside(after, text, why));
            Look(string.Create(CultureInfo.InvariantCulture, $"“{Short(text)}” was set aside. {why}"), after);
        }

        private void Look(string reason, int? item = null) => _looks.Add(new NeedsALook(item, reason));

        private static string Short(string text)
        {
            var line = text.ReplaceLineEndings(" ");
            return line.Length <= 80 ? line : line[..79] + "…";
        }
    }
}
