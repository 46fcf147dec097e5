namespace CordisPulse.Core.Subscriptions;

/// <summary>
/// The kinds of cleaning that failed on this node, which had the day's turn, until it has done them. A program that starts anew has them no
/// more; the next day does all of them.
/// </summary>
public sealed class RetentionArrears
{
    private volatile Tuple<DateOnly, IReadOnlyList<string>>? _kept;

    internal IReadOnlyList<string> Of(DateOnly day) => _kept is { } kept && kept.Item1 == day ? kept.Item2 : [];

    internal void Keep(DateOnly day, IReadOnlyList<string> kinds) => _kept = Tuple.Create(day, kinds);
}
