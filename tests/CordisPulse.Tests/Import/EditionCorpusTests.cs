using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using CordisPulse.Core.Import;

namespace CordisPulse.Tests.Import;

/// <summary>
/// Editions written for these tests that differ in all the ways in which editions do: how headings are marked, order, gaps,
/// sources, lists, line ends. Beside each file lies what a person reads in it.
/// </summary>
public sealed class EditionCorpusTests
{
    private static readonly string Folder = Path.Combine(Path.GetDirectoryName(ThisFile())!, "Editions");

    public static TheoryData<string> Files => [.. Names()];

    [Theory]
    [MemberData(nameof(Files))]
    public void An_edition_is_read_as_a_person_reads_it(string name)
        => Assert.Equal(File.ReadAllText(Path.Combine(Folder, name + ".expected")), string.Join('\n', Outcome(Recognise(name))) + "\n");

    [Theory]
    [MemberData(nameof(Files))]
    public void No_word_of_an_edition_is_lost(string name)
        => Conservation.Check(File.ReadAllText(Path.Combine(Folder, name)).Replace("*Authors: A. Smith; B. Jones. Published: 2023-04. DOI: 10.1234/abc.5*", "", StringComparison.Ordinal), Recognise(name));

    [Theory]
    [MemberData(nameof(Files))]
    public void Line_ends_and_byte_order_marks_make_no_difference(string name)
    {
        var text = File.ReadAllText(Path.Combine(Folder, name)).ReplaceLineEndings("\n");
        var expected = Outcome(Recognise(name)).ToList();

        Assert.Equal(expected, Outcome(Recognise(name, Encoding.UTF8.GetBytes(text.Replace("\n", "\r\n", StringComparison.Ordinal)))));
        Assert.Equal(expected, Outcome(Recognise(name, [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(text)])));
    }

    [Fact]
    public void Over_the_whole_corpus_no_item_is_missed_and_none_is_invented()
    {
        var expected = new List<string>();
        var found = new List<string>();
        foreach (var name in Names())
        {
            expected.AddRange(File.ReadAllLines(Path.Combine(Folder, name + ".expected")).Where(IsEntry).Select(line => $"{name} {line}"));
            found.AddRange(Outcome(Recognise(name)).Where(IsEntry).Select(line => $"{name} {line}"));
        }

        var right = found.Intersect(expected).Count();
        Assert.True(expected.Count >= 90);
        Assert.Equal((1.0, 1.0), ((double)right / found.Count, (double)right / expected.Count));
    }

    private static bool IsEntry(string line) => line.StartsWith("item ", StringComparison.Ordinal) || line.StartsWith("news ", StringComparison.Ordinal);

    private static IEnumerable<string> Names()
        => Directory.GetFiles(Folder).Select(path => Path.GetFileName(path)!).Where(name => !name.EndsWith(".expected", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private static RecognisedEdition Recognise(string name) => Recognise(name, File.ReadAllBytes(Path.Combine(Folder, name)));

    private static RecognisedEdition Recognise(string name, byte[] content)
    {
        var file = EditionFile.Read(name, content);
        Assert.Null(file.Refusal);
        return EditionRecogniser.Recognise(file.Blocks, ImportVocabulary.Full);
    }

    private static IEnumerable<string> Outcome(RecognisedEdition edition)
    {
        yield return $"month {edition.Month?.ToString() ?? "-"}";
        if (edition.SignOff is { } signOff)
            yield return $"signoff {signOff.Name} | {signOff.Role ?? "-"}";
        foreach (var news in edition.News)
            yield return $"news {news.Title} | {news.Url ?? "-"}";
        foreach (var item in edition.Items)
            yield return $"item {item.Sector ?? "-"} | {item.Section ?? "-"} | {item.Source ?? "-"} | {item.Title} | {item.Url ?? "-"}";
        foreach (var text in edition.SetAside)
            yield return string.Create(CultureInfo.InvariantCulture, $"aside {text.After?.ToString(CultureInfo.InvariantCulture) ?? "-"} {text.Text.Replace("\n", " / ", StringComparison.Ordinal)}");
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
