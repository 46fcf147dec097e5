using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Checks;
using CordisPulse.Core.Import;
using CordisPulse.Core.Site;
using Microsoft.Extensions.DependencyInjection;
using static CordisPulse.Tests.Editions.Checks.ProofReading;

namespace CordisPulse.Tests.Editions.Checks;

/// <summary>What a proof-reader would mark, and what looks like it and is right.</summary>
public sealed class TextCheckTests(PulseApp app) : IClassFixture<PulseApp>
{
    [Theory]
    [InlineData("Referrals to children's services rose by 12 in 2021.", "rose by 12")]
    [InlineData("Spending fell sharply to 4.5, and waiting lists grew.", "fell sharply to 4.5")]
    [InlineData("Satisfaction has fallen from 57 to 36 since the pandemic.", "fallen from 57 to 36")]
    [InlineData("- Vacancies were up by 9", "up by 9")]
    [InlineData("Waiting lists grew by 4,000.", "grew by 4,000")]
    [InlineData("Costs grew by 4000.", "grew by 4000")]
    [InlineData("Referrals increased by 1,200 and spending by more.", "increased by 1,200")]
    [InlineData("Places fell from 12,400 to 11,900 in 2021.", "fell from 12,400 to 11,900")]
    [InlineData("Waits rose by 12 in the North.", "rose by 12")]
    [InlineData("Referrals fell to 40 in England and Wales.", "fell to 40")]
    [InlineData("There was a rise of 12.", "“rise of 12”")]
    [InlineData("An increase of 1,200 on 2020 was expected, not a fall of 3.", "“increase of 1,200” and “fall of 3” do not say")]
    [InlineData("Complaints rose 45, and waits fell sharply 9 in the North.", "“rose 45” and “fell sharply 9” do")]
    [InlineData("Complaints were down 12 and praise was up 3.", "“were down 12” and “was up 3” do")]
    [InlineData("Scores are kept. Waits were 20 higher than in 2019.", "“20 higher” does")]
    [InlineData("Spending was cut by 14.", "“cut by 14”")]
    [InlineData("Costs rose by 1, grew by 2, fell by 3, dropped by 4 and rose to 5.", "“rose by 1”, “grew by 2”, “fell by 3” and 2 more do not say")]
    [InlineData("A rise of 12% and a fall of 3 places, an increase of £3 million.", null)]
    [InlineData("A rise of 12 in the number of homes, and of 3 in their total.", null)]
    [InlineData("Complaints rose 45% and were down 12 per cent; fees were £20 higher, and waits 20% lower.", null)]
    [InlineData("The number of homes was 20 higher.", null)]
    [InlineData("The council set up 12 and closed 3 in 2021. Waits fell in the autumn of 2021. It rose 1 in ten.", null)]
    [InlineData("The share rose to 1 in ten, and to 3 in every hundred.", null)]
    [InlineData("Waiting lists grew by 4,000 people, and costs by £4,000.", null)]
    [InlineData("Spending rose to 4,000% of what it was.", null)]
    [InlineData("Referrals rose by 12% and spending by £3 million.", null)]
    [InlineData("Attendance rose by 12 per cent, absence fell by 3 percentage points.", null)]
    [InlineData("The number of homes rose by 12, to 212.", null)]
    [InlineData("The waiting time fell from 217 days to 207.", null)]
    [InlineData("Spending rose to 2022 and has fallen since.", null)]
    [InlineData("One home in eight closed, down from 1 in 6.", null)]
    [InlineData("It fell to 3 in 10 of those surveyed.", null)]
    [InlineData("The state pension age will rise to 67 in 2028.", null)]
    [InlineData("The population grew by 1,760, nearly all of it by migration.", null)]
    public async Task A_rise_or_fall_needs_a_unit(string summary, string? words)
        => AssertTold(FindingKinds.NumberBare, words, await CheckAsync(EditionOf(summary)));

    [Theory]
    [InlineData("Each ICS must say how it will meet the duty.", "“ICS”")]
    [InlineData("The JSNA and the ICP strategy belong together.", "“JSNA”|“ICP”")]
    [InlineData("Most EHCPs are late.", "“EHCP”")]
    [InlineData("XCBs must plan. The xenon care boards (XCBs) are new.", "“XCB”")]
    [InlineData("The CQC will return; the Care Quality Commission rated it good.", "“CQC”")]
    [InlineData("OTs work in the heart of the community.", "“OT”")]
    [InlineData("In the heart of the community OTs work.", "“OT”")]
    [InlineData("Occupational therapists help. OTs visit at home.", null)]
    [InlineData("Staff of the Department of Health moved; the DH shrank.", null)]
    [InlineData("The CQC, the Care Quality Commission, rated it good.", null)]
    [InlineData("EHCPs are education, health and care plans.", null)]
    [InlineData("Each integrated care system (ICS) must say so. ICSs that have not will be asked.", null)]
    [InlineData("The CQC (Care Quality Commission) rated it good.", null)]
    [InlineData("The Care Quality Commission rated it good; the CQC will return.", null)]
    [InlineData("The NHS and the UK's GPs treated COVID-19, says a PDF.", null)]
    [InlineData("Part II and section IV are new.", null)]
    [InlineData("The A&E chapter, table B2 and form AB12 stand apart.", null)]
    public async Task An_acronym_is_spelt_out_the_first_time(string summary, string? words)
        => AssertTold(FindingKinds.AcronymUnexplained, words, await CheckAsync(EditionOf(summary)));

    [Fact]
    public async Task An_acronym_is_asked_for_once_and_known_from_then_on()
    {
        var findings = await CheckAsync(EditionOf("Every ICB has a plan.", "The ICB plans are compared.", "An MHST (mental health support team) works in schools.", "Three in ten schools have an MHST."));

        Assert.Equal([1], findings.Where(finding => finding.Kind == FindingKinds.AcronymUnexplained).Select(finding => finding.Id!.Value));
    }

    [Fact]
    public async Task An_items_source_and_title_spell_out_what_its_summary_shortens()
    {
        var edition = EditionOf("The NSO counts them, and so does the WWC.").MapItems(item => item with { Source = "National Statistics Office", Title = "The first year of the What Works Centre" });

        AssertTold(FindingKinds.AcronymUnexplained, null, await CheckAsync(edition));
    }

    [Theory]
    [InlineData("Carers say that “nobody asked us before the move. The report agrees.", "“nobody asked us")]
    [InlineData("The duty (which began in April covers adults.", "(which began")]
    [InlineData("She calls it \"a broken promise and says why.", "\"a broken promise")]
    [InlineData("Read [the annex](https://example.org/a for more.", "(https://example.org")]
    [InlineData("They call it ‘home from home.", "‘home from home")]
    [InlineData("She said ‘it doesn’t work and left it.", "“‘it doesn’t work and left it.”")]
    [InlineData("It doesn’t help that they call it ‘home from home.", "‘home from home")]
    [InlineData("She said ‘it doesn’t work’ and left it.", null)]
    [InlineData("“It was the first time,” says a mother (of two), “that anyone rang.”", null)]
    [InlineData("“We waited.\n\n“Then we moved,” says a carer.", null)]
    [InlineData("The parents’ views, in their words: ‘nobody’s fault’.", null)]
    [InlineData("It looks back to the ‘90s.", null)]
    [InlineData("Screens of 12\" and more are counted.", null)]
    [InlineData("Two points: a) cost and b) time.", null)]
    [InlineData("Read [the annex (part 2)](#) first.", null)]
    public async Task What_opens_is_closed(string summary, string? words)
        => AssertTold(FindingKinds.QuotationOpen, words, await CheckAsync(EditionOf(summary)));

    [Theory]
    [InlineData("Support for unpaid carers in develop- ment.", "develop- ment")]
    [InlineData("Support for carers in develop-\nment.", "develop- ment")]
    [InlineData("The of\uFB01ce \uFB02oor.", "melted")]
    [InlineData("Safe\u00ADguarding adults.", "nobody sees")]
    [InlineData("Children\uFFFDs homes.", "box")]
    [InlineData("Three aims:\n\uF0B7 earlier help", "box")]
    [InlineData("Three aims:\n• earlier help\n• fewer moves", "no list")]
    [InlineData("Fewer moves.  More stability.", "two spaces in a row, at “Fewer moves.  More stabili")]
    [InlineData("Pre- and post-natal care, short- to long-term.", null)]
    [InlineData("A well-known home – and its neighbour.", null)]
    [InlineData("-   one\n-   two\n\n1.  three", null)]
    [InlineData("A line that ends  \nas it should.", null)]
    [InlineData("| area   | places |\n|---|---|\n| North  | 12     |", null)]
    [InlineData("Café staff say “naïve” – 5 °C, £3, ½.", null)]
    public async Task What_a_PDF_leaves_behind_is_found(string summary, string? words)
        => AssertTold(FindingKinds.StrayCharacters, words, await CheckAsync(EditionOf(summary)));

    [Fact]
    public async Task What_a_PDF_leaves_behind_in_a_title_is_told_at_the_title()
    {
        var finding = Assert.Single(await CheckAsync(EditionOf("What it says.").MapItems(item => item with { Title = "Of\uFB01ce for  all" })), finding => finding.Kind == FindingKinds.StrayCharacters);

        Assert.Equal((FindingPlace.Item, FindingField.Title, 1), (finding.Place, finding.Field, finding.Id));
    }

    [Theory]
    [InlineData("Fees of \u202E£100\u202C are charged.")]
    [InlineData("Fees of \u2066£100\u2069 are charged.")]
    [InlineData("Fees\u200E are charged.")]
    [InlineData("The word is \u05E9\u05DC\u05D5\u05DD, it says\u200F.")]
    [InlineData("\u202B\u05E9\u05DC\u05D5\u05DD\u202C")]
    public async Task Marks_that_turn_words_are_told_without_turning_the_message(string text)
    {
        var edition = EditionOf(text).MapItems(item => item with { Title = text }) with { Introduction = text, News = [new DocumentNews { NewsItemId = 7, Title = text, Body = text }] };

        var told = (await CheckAsync(edition)).Where(finding => finding.Kind == FindingKinds.StrayCharacters).ToList();

        Assert.Equal(5, told.Count);
        Assert.Equal(5, told.Select(finding => finding.Key).Distinct().Count());
        Assert.All(told, finding => Assert.Contains("can turn the words", finding.Message, StringComparison.Ordinal));
        Assert.All(told, finding => Assert.DoesNotMatch("[\u200E\u200F\u202A-\u202E\u2066-\u2069]", finding.Message));
    }

    [Theory]
    [InlineData("It is called \u05E9\u05DC\u05D5\u05DD\u200F.")]
    [InlineData("It is called \u05E9\u05DC\u05D5\u05DD!\u200F And more.")]
    [InlineData("\u200F\u0633\u0644\u0627\u0645 (peace)")]
    public async Task A_mark_beside_words_that_run_from_the_right_is_right(string text)
        => AssertTold(FindingKinds.StrayCharacters, null, await CheckAsync(EditionOf(text)));

    [Fact]
    public async Task All_that_a_PDF_left_behind_in_a_text_is_told_at_once()
    {
        var told = Assert.Single(await CheckAsync(EditionOf("Safe\u00ADguarding in develop- ment.  More of\uFB01ces and of\uFB01cers.")), finding => finding.Kind == FindingKinds.StrayCharacters);

        foreach (var words in (string[])["nobody sees", "melted", "a hyphen with a space", "two spaces in a row"])
            Assert.Equal(2, told.Message.Split(words).Length);
    }

    [Fact]
    public async Task A_text_that_cannot_be_laid_out_is_told_where_it_stands()
    {
        var deep = string.Concat(Enumerable.Repeat("> ", 300)) + "words";
        var findings = await CheckAsync(EditionOf("What it says.", deep) with { Introduction = deep });

        Assert.Equal(
            [(FindingPlace.Introduction, null), (FindingPlace.Item, (int?)2)],
            findings.Where(finding => finding.Kind == FindingKinds.TextPlain).Select(finding => (finding.Place, finding.Id)));
    }

    [Fact]
    public async Task What_nobody_can_see_is_missing()
    {
        var findings = await CheckAsync(EditionOf("\u200B\u200D").MapItems(item => item with { Title = "\u200B", Source = "\u2060" }));

        foreach (var kind in (string[])[FindingKinds.TitleMissing, FindingKinds.SummaryMissing, FindingKinds.SourceMissing])
            Assert.Single(findings, finding => finding.Kind == kind);
    }

    [Theory]
    [InlineData("This report looks at support for unpaid carers. It is long.", "This report looks at support for unpaid carers! It is short.", true)]
    [InlineData("**This report** looks at support for unpaid carers", "This report looks at support for unpaid carers\n\n- one", true)]
    [InlineData("A short statement. It is for carers.", "A short statement. It is for parents.", false)]
    [InlineData("This report looks at support for unpaid carers.", "This report looks at support for young carers.", false)]
    public async Task Two_items_do_not_begin_alike(string first, string second, bool isTold)
    {
        var told = (await CheckAsync(EditionOf(first, second))).Where(finding => finding.Kind == FindingKinds.DuplicateSentence).ToList();

        Assert.Equal(isTold ? [2] : [], told.Select(finding => finding.Id!.Value));
        Assert.All(told, finding => Assert.Contains("“Item 1”", finding.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Welcome to February. It has been a busy month.", "February")]
    [InlineData("Welcome to our bumper February digest.", "February")]
    [InlineData("It is February, and the budgets are set.", "February")]
    [InlineData("In February we look at early help.", "February")]
    [InlineData("A full month. This month, February, brings three white papers.", "February")]
    [InlineData("Welcome to the February edition.", "February")]
    [InlineData("Welcome to the March 2021 edition.", "March 2021")]
    [InlineData("Welcome to CordisPulse for February 2031", "February 2031")]
    [InlineData("Welcome to CordisPulse, February 2031.", "February 2031")]
    [InlineData("Welcome to **Cordispulse** – February", "February")]
    [InlineData("Here is the February CordisPulse", "February")]
    [InlineData("You are reading the February cordispulse: housing and custody.", "February")]
    [InlineData("CordisPulse for March 2021", "March 2021")]
    [InlineData("Welcome to the Social Care Weekly for February.", "February")]
    [InlineData("Welcome to Care Weekly February 2022, with three reports.", "February 2022")]
    [InlineData("This is the February Care Weekly.", "February")]
    [InlineData("Welcome to CordisPulse for March 2022.", null)]
    [InlineData("Welcome to CordisPulse. February brought two white papers.", null)]
    [InlineData("Welcome to CordisPulse, which looks back to February.", null)]
    [InlineData("Here is the March CordisPulse. The February White Paper is in it.", null)]
    [InlineData("The March Budget and the May Election are behind us; this is the May Review's first chapter.", null)]
    [InlineData("Welcome to the March 2022 edition.", null)]
    [InlineData("Welcome to March. In February the department published its plan.", null)]
    [InlineData("The plan that came out in February is the one to read.", null)]
    [InlineData("In February we looked at early help; this month it is custody.", null)]
    [InlineData("In May we will publish our own.", null)]
    [InlineData("It may be cold.", null)]
    [InlineData("It is May 2021 that the figures are compared with, and it is March 3 today.", null)]
    public async Task The_introduction_speaks_of_its_own_month(string introduction, string? words)
        => AssertTold(FindingKinds.MonthMismatch, words, await CheckAsync(EditionOf("What it says.") with { Introduction = introduction }));

    [Theory]
    [InlineData("The February 2022 digest: housing, custody, early help", "February 2022")]
    [InlineData("Your February digest", "February")]
    [InlineData("Your digest for March 2021", "March 2021")]
    [InlineData("Your March 2022 digest", null)]
    [InlineData("Housing, custody, early help", null)]
    public async Task So_do_the_subject_and_the_preheader(string line, string? words)
    {
        var findings = (await CheckAsync(EditionOf("What it says.") with { Subject = line, Preheader = line })).Where(finding => finding.Kind == FindingKinds.MonthMismatch).ToList();

        Assert.Equal(words is null ? [] : [FindingField.Subject, FindingField.Preheader], findings.Select(finding => finding.Field!.Value));
        Assert.Equal(findings.Count, findings.Select(finding => finding.Key).Distinct().Count());
        Assert.All(findings, finding => Assert.Contains(words!, finding.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_preheader_that_names_the_titles_of_itself_may_name_any_month()
    {
        var edition = EditionOf("What it says.").MapItems(item => item with { Title = "Attendance in schools, February 2022" });

        AssertTold(FindingKinds.MonthMismatch, null, await CheckAsync(edition with { Preheader = EditionDocument.DefaultPreheader(edition.Sectors) }));
    }

    [Theory]
    [InlineData("Join us on Thursday 3 February 2022 for a morning on outcomes.", null, "3 February 2022")]
    [InlineData("Our workshop returns on **1st March 2022**.", null, "1 March 2022")]
    [InlineData("These will be held on the 22nd of February in Leeds (9 am-4.30 pm), and on the 1st of March in Hull.", null, "1 March 2022")]
    [InlineData("Join us on February 22nd.", null, "22 February 2022")]
    [InlineData("The forum takes place Tuesday 22nd February.", null, "22 February 2022")]
    [InlineData("Join us on 30 December.", null, "30 December 2021")]
    [InlineData("Our annual conference is on Tuesday 1 February 2022.", null, "1 February 2022")]
    [InlineData("Join us at our conference on 12–13 February.", null, "13 February 2022")]
    [InlineData("Join us on the 28th of February to the 4th of April.", null, null)]
    [InlineData("We spoke at the conference on 12 February 2022.", null, null)]
    [InlineData("These will be held on the 1st of March in Leeds, and on the 29th of March in Hull.", null, null)]
    [InlineData("Our course will run on 1 March to 30 April.", null, null)]
    [InlineData("Our course will run on 1 March 2022 – 30 April 2022.", null, null)]
    [InlineData("It will be about what changed in February 2022.", null, null)]
    [InlineData("Join us as we read the report of 1 March, published on 2 March 2022.", null, null)]
    [InlineData("Join us: of the 9 may be some whom you know.", null, null)]
    [InlineData("About our seminar.", "2022-02-28", "28 February 2022")]
    [InlineData("Join us on Thursday 21 April 2022.", null, null)]
    [InlineData("Some eighty people came to our seminar on 3 February 2022.", null, null)]
    [InlineData("About our seminar.", "2022-03-07", null)]
    public async Task An_event_is_still_to_come(string body, string? on, string? words)
    {
        var news = new DocumentNews { Title = "Seminar", Body = body, EventOn = on is null ? null : DateOnly.Parse(on, System.Globalization.CultureInfo.InvariantCulture), NewsItemId = 7 };

        var findings = await CheckAsync(EditionOf("What it says.") with { News = [news] });

        AssertTold(FindingKinds.EventPast, words, findings);
        Assert.All(findings.Where(finding => finding.Kind == FindingKinds.EventPast), finding => Assert.Equal((on is null ? FindingField.Text : FindingField.EventOn, 7), (finding.Field, finding.Id)));
    }

    [Theory]
    [InlineData("The deadline for applications is 10 am on Monday, 28 February.", "28 February 2022")]
    [InlineData("Apply by the 1st of March.", "1 March 2022")]
    [InlineData("Applications close soon: the deadline has moved from 1 March to 1 April.", null)]
    [InlineData("The call closes on 1 April.", null)]
    [InlineData("The deadline for applications is 14 February.", "14 February 2022")]
    [InlineData("Applications by 1 February 2022, please.", "1 February 2022")]
    [InlineData("Our survey is open until 1 February 2022.", "1 February 2022")]
    [InlineData("Bookings end 2 February.", "2 February 2022")]
    [InlineData("Responses must be received by 1 April.", null)]
    [InlineData("The call closes in March 2022.", null)]
    public async Task A_deadline_is_still_to_come(string body, string? words)
        => AssertTold(FindingKinds.DeadlinePast, words, await CheckAsync(EditionOf("What it says.") with { News = [new DocumentNews { Title = "Call", Body = body, NewsItemId = 7 }] }));

    [Theory]
    [InlineData("The consultation closes on 3 February 2022.", "3 February 2022")]
    [InlineData("The call for evidence is open until **3 February**.", "3 February 2022")]
    [InlineData("The consultation closes on 3 May 2022.", null)]
    [InlineData("The deadline of 31 March 2020 was missed by half of the councils.", null)]
    [InlineData("Half of the responses came before the deadline of 3 February 2022.", null)]
    public async Task A_report_that_asks_readers_for_something_asks_in_time(string summary, string? words)
        => AssertTold(FindingKinds.DeadlinePast, words, await CheckAsync(EditionOf(summary)));

    [Fact]
    public async Task Another_day_that_has_passed_is_another_finding()
    {
        var keys = new List<string>();
        foreach (var day in new[] { "1 February", "2 February" })
            keys.Add((await CheckAsync(EditionOf($"The call closes on {day}."))).Single(finding => finding.Kind == FindingKinds.DeadlinePast).Key);

        Assert.NotEqual(keys[0], keys[1]);
    }

    [Theory]
    [InlineData("Write to jo@example.net.", "jo@example.net")]
    [InlineData("Write to [us](mailto:jo@mail.example.org).", "jo@mail.example.org")]
    [InlineData("Ring 020 7946 0999 or 01632 960 001.", "020 7946 0999|01632 960 001")]
    [InlineData("Ring +353 1 679 5666, +1 (212) 555-0100 or 0033 1 99 00 12 34.", "+353 1 679 5666|+1 (212) 555-0100|0033 1 99 00 12 34")]
    [InlineData("Ring +44 20 7946 0999, 0044 20 7946 0998 or +353.1.679.5666. 12 people answer.", "+44 20 7946 0999|0044 20 7946 0998|+353.1.679.5666:")]
    [InlineData("Ring 0044 (0)20 7946 0102. A change of +12 to +18, +1,000,000 and 00:30, and of 2019-2021.", null)]
    [InlineData("Write to events@example.org or hello@example.com.", null)]
    [InlineData("Ring 020 7946 0102, from abroad +44 (0)20 7946 0102 or +44 20 7946 0102.", null)]
    [InlineData("Of 12,345,678 people 0800 had none, in 2019-2021 and under doi 10.5334/0123456789.", null)]
    public async Task Every_text_gives_our_own_address_and_number(string text, string? words)
    {
        AssertTold(FindingKinds.ContactUnknown, words, await CheckAsync(EditionOf("What it says.") with { Introduction = text }));
        AssertTold(FindingKinds.ContactUnknown, words, await CheckAsync(EditionOf(text)));
    }

    [Theory]
    [InlineData(null, null, "jo@example.net: nobody can tell whether it is the publisher's own, since the publisher's e-mail address, website and telephone number are not set.")]
    [InlineData("", " ", "jo@example.net: nobody can tell")]
    [InlineData("info@example.net", null, "020 7946 0999: nobody can tell whether it is the publisher's own, since the publisher's telephone number is not set.")]
    [InlineData(null, "020 7946 0999", "jo@example.net: nobody can tell whether it is the publisher's own, since the publisher's e-mail address and website are not set.")]
    [InlineData("info@example.net", "020 7946 0999", null)]
    public async Task Where_no_details_are_known_that_is_said_once(string? email, string? telephone, string? words)
    {
        var edition = EditionOf("Write to jo@example.net or ring 020 7946 0999.", "Write to jo@example.net.") with { Introduction = "Write to jo@example.net or ring 020 7946 0999." };

        var findings = await CheckAsync(edition, Example with { Email = email, Website = null, Telephone = telephone });

        AssertTold(FindingKinds.ContactUnknown, words, findings);
        Assert.All(findings.Where(finding => finding.Kind == FindingKinds.ContactUnknown), finding => Assert.Contains("/editor/settings", finding.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Read [here](https://example.org/a).", "The link text “here” does not say where it leads")]
    [InlineData("[Click here for the report](https://example.org/a)", "“Click here for the report”")]
    [InlineData("You can [read the full report here](https://example.org/a).", "“read the full report here”")]
    [InlineData("[Download](https://example.org/a.pdf) it, or see the [website](https://example.org/).", "The link texts “Download” and “website” do not say where they lead")]
    [InlineData("See [https://example.org/reports/2022/housing](https://example.org/reports/2022/housing).", "“https://example.org/reports/2022/housing”")]
    [InlineData("See https://example.org/reports/2022/housing.", "“https://example.org/reports/2022/housing”")]
    [InlineData("Click here to read more.", "“Click here to read more”")]
    [InlineData("[a](https://example.org/a) [here](https://example.org/b) [this](https://example.org/c) [more](https://example.org/d) [link](https://example.org/e)", "“here”, “this”, “more” and 1 more")]
    [InlineData("Write to [example.org](https://example.org/) or look at [www.example.org](https://www.example.org/) and https://example.org.", null)]
    [InlineData("[Why we are here](https://example.org/a), [The website of the board](https://example.org/b), [How to read more](https://example.org/c)", null)]
    [InlineData("[Housing here and there](https://example.org/a) and [Download speeds in care homes](https://example.org/b)", null)]
    [InlineData("“Click here” is no link text, says the guide. Nobody can click hereafter.", null)]
    public async Task A_link_says_where_it_leads(string text, string? words)
        => AssertTold(FindingKinds.LinkText, words, await CheckAsync(EditionOf(text)));

    /// <summary>The samples are proof-read: what a check finds in them is a false alarm.</summary>
    [Theory]
    [InlineData("2023-11")]
    [InlineData("2023-12")]
    [InlineData("2024-01")]
    public async Task The_samples_are_left_in_peace(string month)
        => Assert.Empty(Told(await app.InScopeAsync(async services =>
        {
            await services.GetRequiredService<SampleEditions>().LoadAsync();
            return await CheckAsync(services, EditionMonth.Parse(month, null), Example);
        })));

    [SeedFact]
    public async Task A_real_edition_is_told_little_and_rightly()
        => Assert.Equal([FindingKinds.SourceMissing, FindingKinds.LinkText, FindingKinds.AcronymUnexplained, FindingKinds.StrayCharacters], Told(await app.InScopeAsync(async services =>
        {
            await services.GetRequiredService<SampleEditions>().LoadAsync();
            var importer = services.GetRequiredService<EditionImporter>();
            await using var file = File.OpenRead(Seed.PathOf("cordispulse-2022-03.txt"));
            await importer.SaveAsync(new SaveImport { Edition = await importer.RecogniseAsync("march.txt", file, March), ById = null });
            return await CheckAsync(services, March, await services.GetRequiredService<Publisher>().GetAsync());
        })).Select(told => told.Split(':')[0]));

    private static async Task<List<Finding>> CheckAsync(IServiceProvider services, EditionMonth month, PublisherView publisher)
    {
        var document = await services.GetRequiredService<EditionDocumentReader>().ReadDraftAsync(month);
        var edition = new CheckedEdition { Document = document!, ReadOn = month.FirstDay, NowUtc = month.FirstDay.ToDateTime(TimeOnly.MinValue), Publisher = publisher };
        return [.. services.GetServices<IEditionCheck>().SelectMany(check => check.Check(edition))];
    }

    private static IEnumerable<string> Told(IEnumerable<Finding> findings)
        => findings.Where(finding => finding.Kind is not (FindingKinds.LinkMissing or FindingKinds.LinkPlaceholder)).Select(finding => $"{finding.Kind}: {finding.Message}");

    /// <param name="kind">The check's.</param>
    /// <param name="words">What each of its findings names, with a bar between one and the next; null when there is to be none.</param>
    /// <param name="findings">All that was found.</param>
    private static void AssertTold(string kind, string? words, IEnumerable<Finding> findings)
        => Assert.Collection(
            findings.Where(finding => finding.Kind == kind).Select(finding => finding.Message),
            [.. (words?.Split('|') ?? []).Select(one => (Action<string>)(message => Assert.Contains(one, message, StringComparison.Ordinal)))]);

    private Task<List<Finding>> CheckAsync(EditionDocument document, PublisherView? publisher = null)
        => app.CheckAsync(document, publisher);
}
