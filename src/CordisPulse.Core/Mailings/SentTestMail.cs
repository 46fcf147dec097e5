using CordisPulse.Core.Editions;

namespace CordisPulse.Core.Mailings;

/// <summary>That the mail of an edition was sent to somebody for a look; not to whom.</summary>
public sealed class SentTestMail
{
    public long Id { get; set; }

    public int EditionId { get; set; }

    public Edition? Edition { get; set; }

    public DateTime SentUtc { get; set; }

    public int? SentById { get; set; }

    /// <summary>Addresses whose mail server took it.</summary>
    public int Recipients { get; set; }
}
