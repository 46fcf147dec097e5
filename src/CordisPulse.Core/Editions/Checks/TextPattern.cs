namespace CordisPulse.Core.Editions.Checks;

/// <summary>What holds for every pattern that a check looks for in texts that anybody may have pasted.</summary>
internal static class TextPattern
{
    /// <summary>The names of the months, one or the other.</summary>
    public const string Months = "January|February|March|April|May|June|July|August|September|October|November|December";

    /// <summary>No person's text takes a fraction of this; one that does is left unread by that check.</summary>
    public const int MostMilliseconds = 2000;
}
