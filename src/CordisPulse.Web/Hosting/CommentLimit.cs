namespace CordisPulse.Web.Hosting;

/// <summary>Comments on a draft by a private link: as fast as somebody writes, and no faster.</summary>
public sealed class CommentLimit() : ClientLimit(() => PerMinute)
{
    private const int PerMinute = 20;
}
