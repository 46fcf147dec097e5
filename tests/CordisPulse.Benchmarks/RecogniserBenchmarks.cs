using System.Text;
using BenchmarkDotNet.Attributes;
using CordisPulse.Core.Import;
using Markdig;

namespace CordisPulse.Benchmarks;

/// <summary>Reading and recognising an edition beside Markdig parsing the same text: a recogniser should cost a small multiple of its parser.</summary>
[MemoryDiagnoser]
[ShortRunJob]
public class RecogniserBenchmarks
{
    private static readonly Vocabulary Names = new()
    {
        Sectors = [new NamedEntry("adults", "Adult Social Care and Health"), new NamedEntry("children", "Children and Young People's Services")],
        Sections = [new NamedEntry("reports", "Reports"), new NamedEntry("briefings", "Briefings")],
        PublisherNames = ["Cordis Bright"],
        DigestNames = ["CordisPulse"],
    };

    private string _text = "";
    private byte[] _bytes = [];

    [Params(20, 200)]
    public int Items { get; set; }

    [GlobalSetup]
    public void Write()
    {
        var text = new StringBuilder("# March 2031\n\nWelcome to this month's digest.\n\n## Adult Social Care and Health\n\n### Reports\n\n");
        for (var i = 0; i < Items; i++)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"#### Example Foundation. [Report number {i} on waiting](https://example.org/{i})\n\nThis report finds that waiting has grown. It says:\n\n- that more people wait;\n- that they wait longer;\n- that **few** are told why.\n\n");
        _text = text.ToString();
        _bytes = Encoding.UTF8.GetBytes(_text);
    }

    [Benchmark(Baseline = true)]
    public int MarkdigAlone() => Markdown.Parse(_text).Count;

    [Benchmark]
    public int ReadAndRecognise() => EditionRecogniser.Recognise(EditionFile.Read("edition.md", _bytes).Blocks, Names).Items.Count;
}
