using CordisPulse.Core.Editions.Covered;

namespace CordisPulse.Tests.Editions.Covered;

public sealed class TitleIndexTests
{
    private static readonly string[] Subjects =
    [
        "social care", "kinship carers", "family hubs", "mental health wards", "youth courts", "women's prisons", "probation staff", "school exclusion",
        "hospital discharge", "supported housing", "county lines", "domestic abuse", "early help", "care leavers", "dementia care", "carer assessments",
    ];

    private static readonly string[] Beginnings =
    [
        "The state of", "A rapid review of", "Improving", "What works in", "Commissioning", "Experiences of", "Funding and demand in", "Workforce pressures in",
        "Inequalities in", "Measuring outcomes for", "Learning from inspections of", "Young people's views of",
    ];

    private static readonly string[] Ends =
    [
        "in rural England", "after the pandemic", "across Welsh councils", "for disabled adults", "in coastal towns", "under the new framework", "and the voluntary sector",
        "with lived experience", "in the north west", "during transition to adulthood",
    ];

    public static TheoryData<string, string> SameReport => new()
    {
        { "Addressing the leading risk factors for ill-health", "Addressing the Leading Risk Factors for Ill Health: a review of policy in England" },
        { "Outcomes for disabled people in the UK: 2021", "Outcomes for disabled people in the UK" },
        { "Organisational behaviour in criminal justice programmes", "Organizational behavior in criminal justice programs" },
        { "Children’s experiences of legal but harmful content online", "Childrens experiences of legal, but harmful, content online" },
        { "Too little, too late: early help spending in England", "Too litle, too late: early help spending in England." },
        { "Évaluation of café-based support for carers", "Evaluation of cafe based support for carers" },
        { "Experiences of women in prison: part 2", "Experiences of women in prison: Part II" },
        { "The second survey of unpaid carers in Wales", "2nd survey of unpaid carers in Wales" },
        { "One in five children in temporary homes", "1 in 5 children in temporary homes" },
        { "Working together after COVID-19 in care homes", "Working together after Covid 19 in care homes: briefing 4" },
        { "What can I expect from the youth court", "What can I expect from the youth court? Part 3" },
        { "Hidden harm in the home", "Hidden harm in the home: what families told us about caring" },
        { "Hidden harm in the home", "Hidden harm in the home – a report" },
        { "Growing up in kinship care", "Growing up in kinship care: what four hundred children and their carers in nine councils told us about money, school, friends and contact" },
        { "Growing up in kinship care: a summary", "Growing up in kinship care—what young people and their carers told us about money, school, friends and contact" },
        { "State of Caring 2024", "State of Caring 2024: the impact of rising costs on unpaid carers’ health" },
        { "Organisation and behaviour of ageing programmes in neighbourhood centres", "Organization and behavior of aging programs in neighborhood centers" },
        { "Paediatric defence catalogues", "Pediatric defense catalogs" },
        { "How schools improve attendance", "How schools imporve attendance" },
        { "Обзор социальной помощи семьям с детьми", "Обзор социальной помощи семьям с детьми: 2022" },
    };

    [Theory]
    [MemberData(nameof(SameReport))]
    public void A_subtitle_a_spelling_or_a_mark_more_does_not_hide_a_title(string known, string asked)
    {
        var index = new TitleIndex();
        index.Set(7, known);

        Assert.Equal(7, Assert.Single(index.Find(asked, 5)).Id);
        Assert.Single(index.Find(known, 5));
    }

    [Fact]
    public void Another_year_is_found_and_told()
    {
        var index = new TitleIndex();
        index.Set(1, "Crime in England and Wales: year ending September 2021");
        index.Set(2, "Crime in England and Wales: year ending September 2022");

        Assert.Equal([(2, false), (1, true)], index.Find("Crime in England and Wales: year ending September 2022", 5).Select(near => (near.Id, near.IsAnotherYear)));
    }

    [Theory]
    [InlineData("Annual statistics of adult social care 2021/22", "Annual statistics of adult social care 2022/23")]
    [InlineData("Annual statistics of adult social care, part 2 (2021)", "Annual statistics of adult social care, part 2 (2022)")]
    public void A_year_that_differs_is_told_also_as_a_financial_year_or_beside_a_number(string known, string asked)
    {
        var index = new TitleIndex();
        index.Set(1, known);

        Assert.True(Assert.Single(index.Find(asked, 5)).IsAnotherYear);
    }

    [Theory]
    [InlineData("Youth justice bulletin 3", "Youth justice bulletin 4")]
    [InlineData("Safeguarding adults in care homes bulletin 3", "Safeguarding adults in care homes bulletin 4")]
    [InlineData("Experiences of women leaving prison: part 1", "Experiences of women leaving prison: part 2")]
    [InlineData("Experiences of women leaving prison: part one", "Experiences of women leaving prison: part 2")]
    [InlineData("Experiences of women leaving prison: phase I", "Experiences of women leaving prison: phase II")]
    [InlineData("Experiences of women leaving prison, volume IX", "Experiences of women leaving prison, volume XI")]
    [InlineData("Homelessness statistics for English councils: Q1 2021", "Homelessness statistics for English councils: Q2 2021")]
    [InlineData("The first report of the independent reviewer of prisons", "The second report of the independent reviewer of prisons")]
    [InlineData("First steps in family support: part 1", "First steps in family support: part 2")]
    [InlineData("COVID-19 and care homes: weekly report 11", "COVID-19 and care homes: weekly report 12")]
    [InlineData("A long and winding series of papers about commissioning support in the community: paper 7", "A long and winding series of papers about commissioning support in the community: paper 8")]
    public void Another_number_of_a_series_is_another_report(string known, string asked)
    {
        var index = new TitleIndex();
        index.Set(1, known);

        Assert.Empty(index.Find(asked, 5));
        Assert.Single(index.Find(known, 5));
    }

    [Fact]
    public void Of_a_long_series_each_part_leads_to_itself_alone_however_its_number_is_written()
    {
        string[] roman = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];
        var index = new TitleIndex();
        for (var part = 1; part <= roman.Length; part++)
            index.Set(part, $"{Beginnings[0]} {Subjects[0]} {Ends[0]}: part {part}");

        for (var part = 1; part <= roman.Length; part++)
            foreach (var number in (string[])[$"{part}", $"{part:00}", roman[part - 1]])
                Assert.Equal(part, Assert.Single(index.Find($"{Beginnings[0]} {Subjects[0]} {Ends[0]}: PART {number}", 5)).Id);
    }

    [Theory]
    [InlineData("Annual report", "Annual report of the Youth Justice Board")]
    [InlineData("Annual report: Youth Justice Board", "Annual report: Example Housing Trust")]
    [InlineData("Annual report 2024", "Annual report 2024: Example Housing Trust")]
    [InlineData("State of the nation", "State of the nation: children’s teeth")]
    [InlineData("State of the nation 2024: children’s teeth", "State of the nation 2024: rural buses")]
    [InlineData("Adult social care", "Adult social care: pay in nine councils")]
    [InlineData("Hidden harm in the home: what families told us", "Hidden harm in the home: training for nurses")]
    [InlineData("Hidden harm in the home: interim report", "Hidden harm in the home: final report")]
    [InlineData("State of Caring 2023", "State of Caring 2024: the impact of rising costs on unpaid carers’ health")]
    [InlineData("A tour of the hour", "A tor of the hor")]
    [InlineData("1:1 tuition", "1:1 tuition in county towns")]
    [InlineData("Toolkit", "Toolkit for commissioners")]
    [InlineData("Improving outcomes for care leavers in rural England", "Improving outcomes for young offenders in rural Scotland")]
    [InlineData("", "Anything at all")]
    [InlineData("…", "?!")]
    public void Titles_that_merely_share_words_are_apart(string known, string asked)
    {
        var index = new TitleIndex();
        index.Set(1, known);

        Assert.Empty(index.Find(asked, 5));
    }

    [Fact]
    public void A_title_that_was_changed_or_removed_is_no_longer_found()
    {
        var index = new TitleIndex();
        index.Set(1, "A rapid review of family hubs in coastal towns");
        index.Set(1, "Something else entirely about youth courts in Wales");
        index.Set(2, "A rapid review of family hubs in coastal towns");
        index.Remove(2);

        Assert.Empty(index.Find("A rapid review of family hubs in coastal towns", 5));
        Assert.Equal(1, index.Count);
    }

    /// <summary>Every title of a made list, told by a subtitle, a year or a slip, leads back to itself, and hardly to others.</summary>
    [Fact]
    public void Among_two_thousand_titles_nearly_all_are_found_and_hardly_any_wrongly()
    {
        var titles = (from beginning in Beginnings from subject in Subjects from end in Ends select $"{beginning} {subject} {end}").ToList();
        var index = new TitleIndex();
        for (var i = 0; i < titles.Count; i++)
            index.Set(i, titles[i]);
        var (asked, missed, wrong) = (0, 0, 0);
        for (var i = 0; i < titles.Count; i += 3)
            foreach (var variant in Variants(titles[i], i))
            {
                asked++;
                var found = index.Find(variant, 5);
                missed += found.Any(near => near.Id == i) ? 0 : 1;
                wrong += found.Count(near => near.Id != i);
            }

        Assert.InRange(missed, 0, asked / 50);
        Assert.InRange(wrong, 0, asked / 20);
    }

    private static IEnumerable<string> Variants(string title, int seed)
    {
        yield return $"{title}: a summary for practitioners";
        yield return $"{title}, 2022";
        var slip = title.Length / 2 + (seed % 5);
        yield return title.Remove(slip, 1);
        yield return $"{title}: what four hundred people in nine places of very different size said when they were asked about their lives, hopes and plans";
        yield return title.ToUpperInvariant();
    }
}
