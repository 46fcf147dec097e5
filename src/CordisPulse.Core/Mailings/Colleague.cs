namespace CordisPulse.Core.Mailings;

/// <summary>Somebody who gets a mailing before everybody else, to look at what was sent while it can still be stopped.</summary>
public sealed class Colleague
{
    public int Id { get; set; }

    /// <summary>As it was given.</summary>
    public required string Email { get; set; }

    public required string NormalizedEmail { get; set; }
}
