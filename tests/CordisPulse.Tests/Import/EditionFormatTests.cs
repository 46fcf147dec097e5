using System.Runtime.CompilerServices;
using System.Text.Json;
using CordisPulse.Core.Import;

namespace CordisPulse.Tests.Import;

/// <summary>One edition, written by hand in every type of file that can be brought in.</summary>
public sealed class EditionFormatTests
{
    public static TheoryData<string> Names => ["edition.txt", "edition.html", "edition.eml", "edition.docx"];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_edition_is_recognised_whatever_the_type_of_its_file(string name)
    {
        var expected = Recognise("edition.md");

        Assert.Equal(3, expected.Items.Count);
        Assert.Single(expected.News);
        Assert.Equal(Said(expected), Said(Recognise(name)));
    }

    internal static byte[] Content(string name)
        => name.EndsWith(".docx", StringComparison.Ordinal) ? WordEdition.June2024() : File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(ThisFile())!, "Formats", name));

    private static RecognisedEdition Recognise(string name)
    {
        var file = EditionFile.Read(name, Content(name));
        Assert.Null(file.Refusal);
        return EditionRecogniser.Recognise(file.Blocks, ImportVocabulary.Full);
    }

    private static string Said(RecognisedEdition edition) => JsonSerializer.Serialize(edition with { Structure = [], NeedsALook = [] }, Indented);

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
