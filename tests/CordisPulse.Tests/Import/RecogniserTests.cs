using System.Text;
using CordisPulse.Core.Import;

namespace CordisPulse.Tests.Import;

/// <summary>What the corpus' outcomes do not show: summaries, introductions, and what the editor is asked to look at.</summary>
public sealed class RecogniserTests
{
    private const string Items = "\n\n## Criminal Justice\n\n### Reports\n\n#### Nacro. Finding a flat\n\nWhere people go.\n";

    [Theory]
    [InlineData("# The Cordis Pulse, July 2031", "2031-07")]
    [InlineData("# The Pulse: July 2031", "2031-07")]
    [InlineData("# Cordis Bright Pulse July 2031", "2031-07")]
    [InlineData("# CordisPulse 07/2031", "2031-07")]
    [InlineData("# CordisPulse 2031-07", "2031-07")]
    [InlineData("# CordisPulse – 7.2031", "2031-07")]
    [InlineData("# CordisPulse, Issue 12, Sept 2031", "2031-09")]
    [InlineData("CordisPulse 1 July 2031", "2031-07")]
    [InlineData("# What we read in July 2031", "2031-07")]
    [InlineData("Welcome! On 3 May 2030 we began. This is the digest of July 2031.", "2031-07")]
    [InlineData("# Notes from 3rd of May 2030", null)]
    [InlineData("# Sent on 2030-05-03", null)]
    [InlineData("Sent: Friday 3 May 2030 09:00", null)]
    [InlineData("On 3 May 2030 we met, as we did in April 2029.", null)]
    public void The_month_comes_from_a_title_and_from_no_date(string title, string? month)
        => Assert.Equal(month, Recognise("a.md", title + "\n\nA letter. It is from 4 June 2028." + Items).Month?.ToString());

    [Fact]
    public void A_month_among_other_words_is_one_to_look_at_and_the_words_stay()
    {
        var edition = Recognise("a.md", "# What we read in July 2031" + Items);

        Assert.Contains("What we read in July 2031", edition.Introduction, StringComparison.Ordinal);
        Assert.Contains(edition.NeedsALook, look => look.Reason == "The month, July 2031, is taken from “What we read in July 2031”.");
    }

    [Theory]
    [InlineData("Kind regards")]
    [InlineData("Best wishes,")]
    [InlineData("Best wishes,\n\nCordis Bright Ltd, 1 Some Street, London, EC1A 1AA.")]
    public void A_closing_without_a_name_stays_in_the_introduction(string closing)
    {
        foreach (var between in (string[])["", "Adult Social Care\nCriminal Justice\n\n", "Our News\n\nWe have moved\n\nOur office is round the corner.\n\n"])
        {
            var edition = Recognise("a.txt", $"CordisPulse\nMay 2031\n\nThis month is short.\n\n{between}{closing}\n\nAdult Social Care\n\nReports\n\nMind. Waiting\n\nHow long it takes.\n\nCriminal Justice\n\nReports\n\nNacro. Finding a flat\n\nWhere people go.\n");

            Assert.EndsWith(closing.Split('\n')[0], edition.Introduction, StringComparison.Ordinal);
            Assert.Null(edition.SignOff);
            Assert.Empty(edition.SetAside);
            Assert.Equal(2, edition.Items.Count);
        }
    }

    [Theory]
    [InlineData("**")]
    [InlineData("*")]
    [InlineData("_")]
    public void A_marked_heading_below_titles_in_bold_or_italics_is_part_of_the_summary(string mark)
    {
        var edition = Recognise("a.md", $"# May 2031\n\n## Criminal Justice\n\n### Reports\n\n{mark}Nacro. A flat{mark}\n\nA look at flats.\n\n#### What it found\n\nThere are few.\n\n{mark}Clinks. Volunteers{mark}\n\nWho they are.\n");

        Assert.Equal("A look at flats.\n\n##### What it found\n\nThere are few.", edition.Items[0].Summary);
        Assert.Equal("Volunteers", edition.Items[1].Title);
    }

    [Fact]
    public void A_numbered_list_within_a_numbered_item_stays_a_list()
    {
        var edition = Recognise("a.txt", "May 2031\n\nCriminal Justice\n\nReports\n\n1. Nacro. A flat\n\nIt asks for:\n\n1. time\n2. money\n\n2. Clinks. Volunteers\n\nWho they are, and why they come. They say:\n\n1. We like it.\n2. They do.\n\n3. Mind. Beds\n\nSome.\n");

        Assert.Equal(["A flat", "Volunteers", "Beds"], edition.Items.Select(item => item.Title));
        Assert.Equal("It asks for:\n\n1. time\n2. money", edition.Items[0].Summary);
        Assert.EndsWith("1. We like it.\n2. They do.", edition.Items[1].Summary, StringComparison.Ordinal);
        Assert.Equal(["1.", "2.", "3."], edition.Structure.TakeLast(3));
    }

    [Fact]
    public void A_line_that_may_head_an_item_is_one_to_look_at()
    {
        var edition = Recognise("a.txt", "May 2031\n\nCriminal Justice\n\nReports\n\nNacro. A flat\n\nFew are left.\n\nHow many beds\n\nFewer than before.\n");

        Assert.Equal("A flat", Assert.Single(edition.Items).Title);
        Assert.Contains(edition.NeedsALook, look => look is { Item: 0, Reason: "“How many beds” may head an item of its own; it stands in the summary of “A flat”." });
    }

    [Fact]
    public void A_name_above_what_may_be_the_title_is_one_to_look_at()
    {
        var edition = Recognise("a.md", "# May 2031\n\n## Criminal Justice\n\n### Reports\n\n#### Mind\n\nWhat next for prisons?\n\nFive answers.\n");

        Assert.Contains(edition.NeedsALook, look => look is { Item: 0, Reason: "“What next for prisons?” may be the title of this item, and “Mind” its source." });
    }

    [Fact]
    public void Words_that_the_text_uses_in_lower_case_are_no_source()
    {
        var edition = Recognise("a.md", "# May 2031\n\n## Criminal Justice\n\n### Reports\n\n#### Loneliness: A problem of prisons\n\nOn loneliness.\n\n#### Young Carers: What they say\n\nWhat young carers say.\n\n#### Unlock: A guide to records\n\nFor those who have one.\n");

        Assert.Equal([null, null, "Unlock"], edition.Items.Select(item => item.Source));
        Assert.Contains(edition.NeedsALook, look => look is { Item: 2, Reason: "“Unlock” is taken for the source of “A guide to records”; it may be part of the title." });
    }

    private static RecognisedEdition Recognise(string name, string text)
        => EditionRecogniser.Recognise(EditionFile.Read(name, Encoding.UTF8.GetBytes(text)).Blocks, ImportVocabulary.Full);
}
