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

    [Theory]
    [InlineData("Welcome.", "Welcome.")]
    [InlineData("Editorial.", "Editorial.")]
    [InlineData("Foreword", "Foreword")]
    [InlineData("Foreword\n\nWelcome.", "Welcome.")]
    [InlineData("Welcome.\n\nThis month is short.", "Welcome.\n\nThis month is short.")]
    [InlineData("Welcome\n\nThis month is short.", "This month is short.")]
    public void A_greeting_is_a_heading_only_where_it_heads_something(string front, string introduction)
        => Assert.Equal(introduction, Recognise("a.txt", $"CordisPulse\nMay 2031\n\n{front}{Items}").Introduction);

    [Theory]
    [InlineData("Progress was slow. The authors found that")]
    [InlineData("The inspectors found")]
    [InlineData("Little. The authors say that")]
    [InlineData("Little. The authors say that\n\n[Picture]")]
    [InlineData("They stay. Others leave")]
    public void A_sentence_that_a_list_ends_is_neither_a_heading_nor_an_item(string sentence)
    {
        var edition = Recognise("a.txt", $"May 2031\n\nCriminal Justice\n\nReports\n\nNacro. A flat\n\nWhere people go when they leave, and who helps them.\n\n{sentence}\n\n- time\n- money\n\nClinks. Volunteers\n\nWho they are.\n");

        Assert.Equal(["A flat", "Volunteers"], edition.Items.Select(item => item.Title));
        Assert.EndsWith($"\n\n{sentence}\n\n- time\n- money", edition.Items[0].Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("What they found")]
    [InlineData("St. Helens and Dr. Smith")]
    public void A_short_line_above_a_list_still_heads_it(string line)
        => Assert.EndsWith($"##### {line}\n\n- time\n- money", Recognise("a.md", $"# May 2031{Items}\n{line}\n\n- time\n- money\n").Items[0].Summary, StringComparison.Ordinal);

    [Fact]
    public void Headings_at_the_level_of_sub_headings_are_no_items_where_others_stand_above_them()
    {
        var edition = Recognise("a.md", "# May 2031\n\n#### Nacro. A flat\n\nOn flats.\n\n##### What it found\n\nFew.\n\n##### What it asks for\n\nMore.\n\n#### Clinks. Volunteers\n\nWho they are.\n");

        Assert.Equal(["A flat", "Volunteers"], edition.Items.Select(item => item.Title));
        Assert.Equal("On flats.\n\n##### What it found\n\nFew.\n\n##### What it asks for\n\nMore.", edition.Items[0].Summary);
    }

    [Theory]
    [InlineData("a.txt")]
    [InlineData("a.md")]
    public void A_list_led_by_sources_alone_or_below_an_item_is_not_parted(string name)
    {
        var edition = Recognise(name, "# May 2031\n\n## Criminal Justice\n\n### Reports\n\n- **The Howard League.** Short sentences\n\n### Briefings\n\n#### Nacro. A flat\n\nIt asks for more.\n\n- **More of it: time.** There is little.\n");

        Assert.Equal([("The Howard League", "Short sentences"), ("Nacro", "A flat")], edition.Items.Select(item => (item.Source!, item.Title)));
        Assert.Equal("It asks for more.\n\n- **More of it: time.** There is little.", edition.Items[1].Summary);
    }

    [Fact]
    public void A_source_below_a_picture_in_a_summary_makes_no_item()
    {
        var edition = Recognise("a.txt", "May 2031\n\nCriminal Justice\n\nReports\n\nNacro. A flat\n\nWhere people go.\n\nFlats by year\nSource: Housing Office\n\nThere are few.\n");

        Assert.Equal(("Nacro", "A flat"), (Assert.Single(edition.Items).Source, edition.Items[0].Title));
        Assert.Contains("Source: Housing Office", edition.Items[0].Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_source_below_its_title_is_known_by_its_name()
    {
        var edition = Recognise("a.txt", "May 2031\n\nCriminal Justice\n\nReports\n\nNurseries\nSource: Ofsted\nhttps://example.org/a\nInspectors visited sixty of them.\n");

        Assert.Equal(("ofsted", "Inspectors visited sixty of them."), (Assert.Single(edition.Items).SourceKey, edition.Items[0].Summary));
        Assert.Empty(edition.NeedsALook);
    }

    [Theory]
    [InlineData("Ann O'Neill", "Ann O'Neill")]
    [InlineData("Ann Reed, J. Smith-Jones and Vincent van Dam", "Ann Reed|J. Smith-Jones|Vincent van Dam")]
    [InlineData("Reed, Ann; Okoro, J. B.", "Reed, Ann|Okoro, J. B.")]
    [InlineData("Key Findings", "")]
    [InlineData("Greater Manchester Council", "")]
    [InlineData("**Ann Reed**", "")]
    [InlineData("[Ann Reed](https://example.org/ann)", "")]
    [InlineData("Ann Reed writes on housing", "")]
    public void Names_of_people_right_below_a_title_that_stands_below_its_source_are_its_authors(string line, string authors)
    {
        const string summary = "Most people wait for longer than a year, and the key to what the findings show is how few homes are let to anybody who asks for one.";

        var item = Recognise("a.md", $"# Pulse July 2031\n\n## Criminal Justice\n\n### Reports\n\nNacro\n\n#### Finding a flat\n\n{line}\n\n{summary}\n").Items[0];
        var below = Recognise("a.md", $"# Pulse July 2031\n\n## Criminal Justice\n\n### Reports\n\n#### Nacro. Finding a flat\n\n{line}\n\n{summary}\n").Items[0];

        Assert.Equal(authors, string.Join('|', item.Authors));
        Assert.Equal(authors.Length > 0, item.Summary == summary);
        Assert.Empty(below.Authors);
    }

    [Fact]
    public void A_line_that_may_head_an_item_in_another_script_is_one_to_look_at()
    {
        var edition = Recognise("a.txt", "May 2031\n\nCriminal Justice\n\nReports\n\nИнститут права. Суды и время.\n\nСколько ждут в судах.\n\nИнститут мира. Дома и люди.\n\nГде живут люди.\n");

        Assert.Contains(edition.NeedsALook, look => look.Reason.StartsWith("“Институт мира. Дома и люди.” may head an item of its own", StringComparison.Ordinal));
    }

    private static RecognisedEdition Recognise(string name, string text)
        => EditionRecogniser.Recognise(EditionFile.Read(name, Encoding.UTF8.GetBytes(text)).Blocks, ImportVocabulary.Full);
}
