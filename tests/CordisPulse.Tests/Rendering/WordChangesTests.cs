using CordisPulse.Core.Rendering;

namespace CordisPulse.Tests.Rendering;

public sealed class WordChangesTests
{
    [Theory]
    [InlineData("the same words", "the same words", "", "")]
    [InlineData("", "all new", "", "all new")]
    [InlineData("all gone", "", "all gone", "")]
    [InlineData("What the first wrote.", "What the second wrote.", "first ", "second ")]
    [InlineData("one two three four", "zero one three five four", "two ", "zero |five ")]
    [InlineData("a line\nand another", "a line and another", "line\n", "line ")]
    public void Only_the_words_that_differ_are_marked(string before, string after, string gone, string come)
    {
        var changes = WordChanges.Between(before, after);

        Assert.Equal((gone, come), (Marked(changes.Before), Marked(changes.After)));
        Assert.Equal((before, after), (string.Concat(changes.Before.Select(run => run.Text)), string.Concat(changes.After.Select(run => run.Text))));
    }

    [Fact]
    public void Long_texts_with_nothing_in_common_are_marked_whole()
    {
        var (before, after) = (string.Join(' ', Enumerable.Range(0, 40_000)), string.Join(' ', Enumerable.Range(50_000, 40_000)));

        var changes = WordChanges.Between(before, after);

        Assert.True(Assert.Single(changes.Before).Differs);
        Assert.True(Assert.Single(changes.After).Differs);
    }

    private static string Marked(IEnumerable<ComparedText> runs) => string.Join('|', runs.Where(run => run.Differs).Select(run => run.Text));
}
