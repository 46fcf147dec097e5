using CordisPulse.Core.Editions;
using CordisPulse.Core.Hosting;
using CordisPulse.Core.Rendering;

namespace CordisPulse.Tests.Rendering;

public sealed class EditionPlainTextTests
{
    [Fact]
    public void An_edition_reads_as_plain_text()
    {
        var text = EditionPlainText.Write(SmallEdition.Document, "Example House", new SiteLinks(new Uri("https://pulse.example.org/")));

        Assert.Equal(
            """
            March 2022
            ==========

            Hello. See the report
            <https://pulse.example.org/editions/2022-03/a-report>.

            Ada Example
            Head of Examples

            News from Example House
            =======================


            We are moving <https://www.example.org/moving>

            On 28 March 2022.

            To a house.

            Criminal Justice
            ================

            Reports
            -------


            A report: [part] 2 <https://www.example.org/a_(b)>
            Source: Society *for* Care

            Authors: A. Writer; B. Other. Published: February 2022. DOI: 10.1234/x

            First heading

            - one line that goes on and on until it no longer fits in a line of
              seventy-two columns

              1. nested

            - two

            > quoted


            Nobody knows (link not kept)

            Words & more.

            Read this edition on the web: https://pulse.example.org/editions/2022-03

            """,
            text);
    }

    [Fact]
    public void No_line_but_an_address_is_wider_than_the_page()
    {
        var long_ = SmallEdition.Document with { Introduction = string.Join(' ', Enumerable.Repeat("a wordy introduction", 60)) + "\n\n> " + string.Join(' ', Enumerable.Repeat("quoted", 60)) };

        Assert.All(EditionPlainText.Write(long_, "Example House").Split('\n'), line => Assert.True(line.Length <= TextLines.Columns || !line.Contains(' ', StringComparison.Ordinal) || line.Contains("<http", StringComparison.Ordinal), line));
    }

    [Fact]
    public void A_pulse_has_a_bar_for_each_item_and_room_between_sectors()
    {
        var pulse = new Pulse([new("One", 0, [100, 50]), new("Two", 9, [1])]);
        var bars = pulse.Draw().ToList();

        Assert.Equal([100, 50, 10], bars.Select(bar => bar.Height));
        Assert.All(bars, bar => Assert.Equal(Pulse.Height, bar.Top + bar.Height));
        Assert.True(bars[2].Left - bars[1].Left > bars[1].Left - bars[0].Left);
        Assert.Equal(pulse.Width, bars[2].Left + bars[2].Width);
        Assert.Equal("3 items: 2 in One, 1 in Two", pulse.Description);
    }
}

/// <summary>An edition with one of everything.</summary>
internal static class SmallEdition
{
    public static EditionDocument Document { get; } = new()
    {
        Month = new EditionMonth(2022, 3),
        Title = "March 2022",
        Subject = "CordisPulse: March 2022",
        Preheader = "A report",
        Introduction = "Hello. See [the report](#a-report).",
        SignOff = new DocumentSignOff("Ada Example", "Head of Examples"),
        News = [new DocumentNews { Title = "We are moving", Url = "https://www.example.org/moving", Body = "To a *house*.", EventOn = new DateOnly(2022, 3, 28) }],
        Sectors =
        [
            new DocumentSector
            {
                Name = "Criminal Justice",
                Slug = "criminal-justice",
                Sections =
                [
                    new DocumentSection
                    {
                        Name = "Reports",
                        Slug = "reports",
                        Items =
                        [
                            new DocumentItem
                            {
                                Source = "Society *for* Care",
                                Title = "A report: [part] 2",
                                Url = "https://www.example.org/a_(b)",
                                Slug = "a-report",
                                Authors = ["A. Writer", "B. Other"],
                                PublishedOn = PartialDate.Parse("2022-02"),
                                Doi = "10.1234/x",
                                Summary = "## First heading\n\n- one line that goes on and on until it no longer fits in a line of seventy-two columns\n  1. nested\n\n- two\n\n> quoted",
                            },
                            new DocumentItem { Title = "Nobody knows", Url = "#", Slug = "nobody-knows", Summary = "Words &amp; more." },
                        ],
                    },
                ],
            },
        ],
    };
}
