using CordisPulse.Core.Editions.Checks;
using static CordisPulse.Tests.Editions.Checks.ProofReading;

namespace CordisPulse.Tests.Editions.Checks;

/// <summary>A decision about a finding holds as long as the same thing is wrong, and for nothing else.</summary>
public sealed class FindingKeyTests(PulseApp app) : IClassFixture<PulseApp>
{
    [Theory]
    [InlineData(FindingKinds.NumberBare, "Spending fell by 30.", "In short: spending fell by 30.", "Spending fell by 77.")]
    [InlineData(FindingKinds.NumberBare, "Waits rose by 5. Spending fell by 30.", "Spending fell by 30. Waits rose by 5.", "Waits rose by 5. Spending fell by 30. Costs grew to 9.")]
    [InlineData(FindingKinds.AcronymUnexplained, "Each ICS has one.", "Every ICS must have one.", "Each JSNA has one.")]
    [InlineData(FindingKinds.LinkText, "Read [here](https://example.org/a).", "Look [here](https://example.org/b).", "Read [more](https://example.org/a).")]
    [InlineData(FindingKinds.LinkText, "Read [here](https://example.org/a).", "Look [here](https://example.org/a).", "Read [here](https://example.org/a) or [here](https://example.org/b).")]
    [InlineData(FindingKinds.ContactUnknown, "Write to jo@example.net.", "Write to Jo@example.net, please.", "Write to jan@example.net.")]
    [InlineData(FindingKinds.ContactUnknown, "Ring 020 7946 0999.", "Please ring 020 7946 0999.", "Ring 020 7946 0998.")]
    [InlineData(FindingKinds.QuotationOpen, "They say “nobody asked us.", "They all say “nobody asked us.", "They say “nobody asked us.\n\nOthers (the old say more.")]
    [InlineData(FindingKinds.StrayCharacters, "The first words of it.  A second sentence.", "What is changed.\n\nThe first words of it.  A second sentence.", "The first words of it.  A second sentence.  And a third one.")]
    public async Task A_text_has_another_key_when_other_words_are_wrong(string kind, string text, string same, string other)
    {
        var key = Assert.Single(await KeysAsync(kind, text));

        Assert.Equal(key, Assert.Single(await KeysAsync(kind, same)));
        Assert.NotEqual(key, Assert.Single(await KeysAsync(kind, other)));
    }

    [Fact]
    public async Task Each_acronym_and_each_contact_is_decided_by_itself()
    {
        Assert.Subset((await KeysAsync(FindingKinds.AcronymUnexplained, "Each ICS has a JSNA.")).ToHashSet(), (await KeysAsync(FindingKinds.AcronymUnexplained, "There is no JSNA.")).ToHashSet());
        Assert.Subset(
            (await KeysAsync(FindingKinds.ContactUnknown, "Ring 020 7946 0999 or write to jo@example.net.")).ToHashSet(), (await KeysAsync(FindingKinds.ContactUnknown, "Write to jo@example.net.")).ToHashSet());
    }

    [Fact]
    public async Task The_same_first_sentence_and_the_same_month_are_decided_once()
    {
        async Task<string> SentenceAsync(string sentence) => Assert.Single(await KeysAsync(FindingKinds.DuplicateSentence, sentence, sentence));
        Assert.Equal(await SentenceAsync("This report looks at support for unpaid carers."), await SentenceAsync("This report looks at support for **unpaid** carers!"));
        Assert.NotEqual(await SentenceAsync("This report looks at support for unpaid carers."), await SentenceAsync("This report looks at support for foster carers."));

        async Task<string> MonthAsync(string introduction)
            => Assert.Single(await app.CheckAsync(EditionOf("What it says.") with { Introduction = introduction }), finding => finding.Kind == FindingKinds.MonthMismatch).Key;
        Assert.Equal(await MonthAsync("Welcome to February."), await MonthAsync("Welcome to February. It is cold."));
        Assert.NotEqual(await MonthAsync("Welcome to February."), await MonthAsync("Welcome to January."));
    }

    [Fact]
    public async Task The_titles_keys_change_with_what_is_stray_in_them()
    {
        async Task<string> TitleAsync(string title)
            => Assert.Single(await app.CheckAsync(EditionOf("What it says.").MapItems(item => item with { Title = title })), finding => finding.Kind == FindingKinds.StrayCharacters).Key;

        Assert.NotEqual(await TitleAsync("Office for  all"), await TitleAsync("Office  for all"));
    }

    private async Task<List<string>> KeysAsync(string kind, params string[] summaries)
        => [.. (await app.CheckAsync(EditionOf(summaries))).Where(finding => finding.Kind == kind).Select(finding => finding.Key)];
}
