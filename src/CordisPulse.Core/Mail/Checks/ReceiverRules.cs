namespace CordisPulse.Core.Mail.Checks;

/// <summary>
/// What Gmail, Yahoo and Microsoft ask of whoever sends to many (since 2024 and 2025). Of each point true, false, or null when it can't be
/// known from here.
/// </summary>
internal sealed record ReceiverRules
{
    public required bool? TakesMail { get; init; }

    public required bool? Spf { get; init; }

    public required bool? Dkim { get; init; }

    public required bool? Dmarc { get; init; }

    /// <summary>What holds, SPF or a signature, is by the sender's domain.</summary>
    public required bool? Aligned { get; init; }

    public required bool? HasReverseName { get; init; }

    /// <summary>The https link for one click leads to a host that they can reach.</summary>
    public required bool HasOpenLink { get; init; }

    /// <summary>A signature that holds covers both List-Unsubscribe headers.</summary>
    public required bool? OneClickSigned { get; init; }

    public IEnumerable<MailFinding> Findings()
    {
        (bool? Holds, string Name)[] all =
        [
            (Spf, "SPF that lets the server send"),
            (Dkim, "a signature (DKIM) that holds"),
            (Dmarc, "a DMARC record"),
            (Aligned, "SPF or DKIM by the domain of Mail:From"),
        ];
        (bool? Holds, string Name)[] oneClick = [(HasOpenLink, "a one-click link that starts with https and can be reached from outside (Site:PublicUrl)"), (OneClickSigned, "a signature over both List-Unsubscribe headers")];
        (bool? Holds, string Name) reverse = (HasReverseName, "a reverse name of the sending address");
        yield return Of("Gmail", [.. all, .. oneClick, reverse]);
        yield return Of("Yahoo", [.. all, .. oneClick, reverse]);
        yield return Of("Microsoft", [.. all, .. oneClick, (TakesMail, "a sender's domain that takes mail")]);
    }

    private static MailFinding Of(string receiver, (bool? Holds, string Name)[] points)
    {
        var missing = points.Where(point => point.Holds == false).Select(point => point.Name).ToList();
        var unknown = points.Where(point => point.Holds is null).Select(point => point.Name).ToList();
        var message = missing.Count > 0
            ? $"{receiver} would not take one-click from this mail, or not the mail itself. Missing: {string.Join("; ", missing)}."
            : unknown.Count > 0
                ? $"{receiver}: nothing stands in the way of one-click as far as can be seen from here."
                : $"{receiver} takes one-click from this mail, and has what it asks of whoever sends to many.";
        return new MailFinding(
            receiver.ToLowerInvariant(),
            missing.Count > 0 ? MailGrade.Wrong : unknown.Count > 0 ? MailGrade.Look : MailGrade.Ok,
            unknown.Count > 0 ? $"{message} Not known: {string.Join("; ", unknown)}." : message);
    }
}
