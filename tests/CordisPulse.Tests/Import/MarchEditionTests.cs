using CordisPulse.Core.Editions;
using CordisPulse.Core.Import;

namespace CordisPulse.Tests.Import;

public sealed class MarchEditionTests
{
    private const string Adult = "adult-social-care-and-health";
    private const string Children = "children-and-young-peoples-services";
    private const string Justice = "criminal-justice";

    private static readonly (string? Sector, string? Section, string? Source, string Title)[] Expected =
    [
        (Adult, "reports", "Department of Health and Social Care", "Health and social care integration: joining up care for people, places, and populations"),
        (Adult, "reports", "The Health Foundation", "Addressing the leading risk factors for ill-health"),
        (Adult, "reports", "The Health Foundation", "Public perceptions of the NHS and social care: performance, policy, and expectations"),
        (Adult, "reports", "NHS England", "Mental health clinically led review of standards"),
        (Adult, "briefings", "Department of Health and Social Care", "Workforce burnout and resilience in the NHS and Social Care"),
        (Adult, "briefings", "Office for National Statistics", "Outcomes for disabled people in the UK: 2021"),
        (Adult, "tools-and-guidance", "NHS England", "Supporting male victims/ survivors accessing a sexual assault referral centre: good practice guide"),
        (Children, "reports", "Independent Inquiry into Child Sexual Abuse", "Child sexual exploitation by organised networks"),
        (Children, "reports", "National Federation for Educational Research", "Investigating the potential use of long-term school and college destination measures"),
        (Children, "reports", "Action for Children", "Too little, too late: early help and early intervention spending in England"),
        (Children, "reports", "The Early Intervention Foundation", "Leading and delivering early childhood services: 10 insights from 20 places across England and Wales"),
        (Children, "reports", "Education Policy Institute", "Covid-19 and disadvantage gaps in England 2020"),
        (Children, "briefings", "NSPCC", "Child sexual exploitation by organised networks investigation report: CASPAR briefing"),
        (Children, "briefings", "NSPCC", "Children's experiences of legal but harmful content online"),
        (Children, "briefings", "NSPCC", "Statistics briefing: the impact of coronavirus"),
        (Children, "briefings", "Children's Commissioner", "Briefing on children's mental health services- 2020/2021"),
        (Children, "tools-and-guidance", "Rees Centre", "Born into care: developing best practice guidelines for when the state intervenes at birth, review of current guidance documents"),
        (Justice, "reports", "National Crime Agency", "Serious Crime Analysis Section: Sexual offences initiated via online dating"),
        (Justice, "briefings", "HM Inspectorate of Prisons", "Focus on women's prisons: A briefing paper from HM Inspectorate of Prisons"),
        (Justice, "tools-and-guidance", null, "Probation Service Management of Young Adults Policy Framework"),
        (Justice, "tools-and-guidance", "Clinks", "Navigating the criminal justice system: A guide for voluntary organisations working in the criminal justice system in England and Wales"),
    ];

    private static byte[] Bytes => File.ReadAllBytes(Seed.PathOf("cordispulse-2022-03.txt"));

    private static RecognisedEdition Recognise(Vocabulary vocabulary) => EditionRecogniser.Recognise(EditionFile.Read("march.txt", Bytes).Blocks, vocabulary);

    [SeedFact]
    public void Every_item_is_found_with_its_place_source_and_title() => Assert.Equal(Expected, Found(Recognise(ImportVocabulary.Full)));

    [SeedFact]
    public void A_catalogue_that_knows_no_sources_makes_no_difference() => Assert.Equal(Expected, Found(Recognise(ImportVocabulary.WithoutSources)));

    [SeedFact]
    public void The_letter_its_signature_and_the_month_are_told_apart()
    {
        var edition = Recognise(ImportVocabulary.Full);

        Assert.Equal(EditionMonth.Of(new DateOnly(2022, 3, 1)), edition.Month);
        Assert.Equal(new RecognisedSignOff("Dr Stephen Boxford", "Director and Head of Research"), edition.SignOff);
        var paragraphs = edition.Introduction.Split("\n\n");
        Assert.Equal(5, paragraphs.Length);
        Assert.Equal("Best wishes,", paragraphs[^1]);
        Assert.StartsWith("Welcome", paragraphs[0], StringComparison.Ordinal);
    }

    [SeedFact]
    public void The_four_news_items_keep_their_whole_titles_and_torn_sentences_are_whole()
    {
        var edition = Recognise(ImportVocabulary.Full);

        Assert.Equal(
            [
                "Opportunities for Consultants and Senior Consultants",
                "Children's Social Care Conference. Extremism and Radicalisation Safeguarding Learning",
                "Research on domestic abuse perpetrator programmes",
                "Screening and assessment in youth justice interventions",
            ],
            edition.News.Select(news => news.Title));
        Assert.Contains("screening and assessment", edition.News[3].Body, StringComparison.Ordinal);
        Assert.Contains("- [Birmingham, March 29th](#)", edition.News[1].Body, StringComparison.Ordinal);
        Assert.Contains("in more deprived areas", edition.Items[1].Summary, StringComparison.Ordinal);
        Assert.Contains("staff health and wellbeing, learn", edition.Items[4].Summary, StringComparison.Ordinal);
        Assert.Contains("##### Workforce culture:", edition.Items[4].Summary, StringComparison.Ordinal);
        Assert.Contains("##### The impact of COVID-19", edition.Items[4].Summary, StringComparison.Ordinal);
        Assert.DoesNotContain("\n\n- ", edition.Items[7].Summary.Split("- The government publish")[1], StringComparison.Ordinal);
    }

    [SeedFact]
    public void The_publishers_boilerplate_goes_to_the_publisher()
    {
        var publisher = Recognise(ImportVocabulary.Full).Publisher;

        Assert.Equal("Cordis Bright Ltd", publisher.Name);
        Assert.Equal("23/24 Smithfield Street, London, EC1A 9LF", publisher.PostalAddress);
        Assert.Equal("020 7330 9170", publisher.Telephone);
        Assert.Equal("info@cordisbright.co.uk", publisher.Email);
        Assert.Equal("www.cordisbright.co.uk", publisher.Website);
        Assert.Equal(["https://twitter.com/CordisBright", "https://www.linkedin.com/company/cordis-bright"], publisher.SocialLinks.Select(link => link.Url));
        Assert.Contains("unsubscribe", publisher.HowToLeave, StringComparison.Ordinal);
    }

    [SeedFact]
    public void Only_the_cover_that_became_text_is_set_aside()
    {
        var edition = Recognise(ImportVocabulary.Full);

        var cover = Assert.Single(edition.SetAside);
        Assert.Equal(16, cover.After);
        Assert.Contains("February 2012", cover.Text, StringComparison.Ordinal);
        Assert.EndsWith("Rees Centre", cover.Text, StringComparison.Ordinal);
        Assert.InRange(cover.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length, 1, 60);
        Assert.DoesNotContain("February 2012", edition.Items[16].Summary, StringComparison.Ordinal);
    }

    [SeedFact]
    public void No_word_is_lost() => Conservation.Check(System.Text.Encoding.UTF8.GetString(Bytes), Recognise(ImportVocabulary.Full));

    private static IEnumerable<(string?, string?, string?, string)> Found(RecognisedEdition edition)
        => edition.Items.Select(item => (item.Sector, item.Section, item.Source, item.Title));
}
