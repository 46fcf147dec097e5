using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Mail.Returns;

/// <summary>Empties what people wrote: the row stays, and counts as dealt with.</summary>
internal static class PersonReplies
{
    /// <param name="replies">Whose words are to go; in the caller's transaction.</param>
    /// <param name="now">When.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static Task<int> EmptyAsync(IQueryable<PersonReply> replies, DateTime now, CancellationToken cancellationToken)
        => replies.Where(row => row.From != null).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.HandledUtc, row => row.HandledUtc ?? now)
                .SetProperty(row => row.From, (string?)null)
                .SetProperty(row => row.Subject, (string?)null),
            cancellationToken);
}
