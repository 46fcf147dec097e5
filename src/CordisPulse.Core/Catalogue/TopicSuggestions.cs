using CordisPulse.Core.Archive.Search;
using CordisPulse.Core.Editions.Covered;

namespace CordisPulse.Core.Catalogue;

/// <param name="Because">The name of the topic that was found, as the vocabulary has it.</param>
public sealed record SuggestedTopic(KnownTopic Topic, string Because);

/// <summary>Which topics an item may be about, by its words. It suggests; people decide.</summary>
public static class TopicSuggestions
{
    public const int Most = 5;

    private const int ShortestStemmed = 4;

    /// <summary>
    /// Topics one of whose names stands in the title, or whose names stand in source and summary: one of several words once, a single word
    /// twice. Whatever form the words take: "evaluating" is "evaluation". Those of the title come first, then those with most.
    /// </summary>
    public static IReadOnlyList<SuggestedTopic> For(KnownTopics topics, string? title, string? source, string? summary)
    {
        var (ofTitle, ofRest) = (Stems(title), Stems($"{source}. {summary}"));
        return [.. topics.All
            .Select(topic => (topic, names: topic.OtherNames.Prepend(topic.Name).Select(name => Look(name, ofTitle, ofRest)).Where(found => found.InTitle + found.InRest > 0).ToList()))
            .Where(found => found.names.Exists(name => name.InTitle > 0 || name.Words > 1) || found.names.Sum(name => name.InRest) > 1)
            .OrderByDescending(found => found.names.Sum(name => name.InTitle))
            .ThenByDescending(found => found.names.Sum(name => name.InRest))
            .Take(Most)
            .Select(found => new SuggestedTopic(found.topic, found.names.OrderByDescending(name => name.InTitle).ThenByDescending(name => name.InRest).First().Name))];
    }

    private static FoundName Look(string name, string[] ofTitle, string[] ofRest)
    {
        var words = Stems(name);
        return new FoundName(name, words.Length, Count(ofTitle, words), Count(ofRest, words));
    }

    private static int Count(ReadOnlySpan<string> text, ReadOnlySpan<string> words)
    {
        var count = 0;
        for (var at = 0; words.Length > 0 && at + words.Length <= text.Length; at++)
            if (text.Slice(at, words.Length).SequenceEqual(words))
                count++;
        return count;
    }

    private static string[] Stems(string? text) => [.. SearchWords.Split(SearchWords.Of(text ?? "")).Select(Stem)];

    /// <summary>One form for the forms of a word. For comparing alone: "housing" and "house" become "hous", which does no harm where both have.</summary>
    private static string Stem(string word)
    {
        word = EnglishSpelling.Fold(word);
        if (word.Length < ShortestStemmed)
            return word;
        word = Without(word, "ies", "y") ?? (word.EndsWith("ss", StringComparison.Ordinal) || word.EndsWith("us", StringComparison.Ordinal) ? word : Without(word, "s", "") ?? word);
        word = Without(word, "ness", "") ?? Without(word, "ation", "") ?? Without(word, "ating", "") ?? Without(word, "ing", "") ?? Without(word, "ed", "") ?? word;
        return word.Length > ShortestStemmed ? word.TrimEnd('e') : word;
    }

    private static string? Without(string word, string ending, string instead)
        => word.Length - ending.Length >= ShortestStemmed - 1 && word.EndsWith(ending, StringComparison.Ordinal) ? word[..^ending.Length] + instead : null;

    private sealed record FoundName(string Name, int Words, int InTitle, int InRest);
}
