using CordisPulse.Core.Catalogue;

namespace CordisPulse.Web.Areas.Editor.Compose;

/// <param name="Because">The words for which it is suggested; null when it is not.</param>
public sealed record TopicChoice(string Slug, string Name, bool IsTicked, string? Because);

/// <summary>The topics that an item's form offers.</summary>
/// <param name="AtHand">Those that are ticked, then those that the item's words suggest.</param>
/// <param name="Others">All others, from A to Z.</param>
public sealed record TopicChoices(IReadOnlyList<TopicChoice> AtHand, IReadOnlyList<TopicChoice> Others)
{
    public static TopicChoices Of(KnownTopics topics, ItemForm form)
    {
        var ticked = topics.Of(form.Topics);
        var suggested = TopicSuggestions.For(topics, form.Title, form.Source, form.Summary).Where(one => !ticked.Contains(one.Topic)).ToList();
        List<TopicChoice> atHand =
        [
            .. ticked.Select(topic => new TopicChoice(topic.Slug, topic.Name, true, null)),
            .. suggested.Select(one => new TopicChoice(one.Topic.Slug, one.Topic.Name, false, one.Because)),
        ];
        var known = atHand.Select(choice => choice.Slug).ToHashSet();
        return new TopicChoices(atHand, [.. topics.All.Where(topic => !known.Contains(topic.Slug)).Select(topic => new TopicChoice(topic.Slug, topic.Name, false, null))]);
    }
}
