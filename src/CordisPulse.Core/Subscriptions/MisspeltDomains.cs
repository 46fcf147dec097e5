namespace CordisPulse.Core.Subscriptions;

/// <summary>
/// Offers the domain that was probably meant ("gmial.com": "gmail.com"). An offer only: whoever typed it may be right, and nothing is
/// changed by itself.
/// </summary>
public static class MisspeltDomains
{
    /// <summary>Where most of the readers' mailboxes are. Their own names are never taken for a misspelling of another.</summary>
    private static readonly string[] Common =
    [
        "gmail.com", "googlemail.com", "outlook.com", "outlook.co.uk", "hotmail.com", "hotmail.co.uk", "live.co.uk", "yahoo.com", "yahoo.co.uk", "icloud.com",
        "btinternet.com", "btopenworld.com", "virginmedia.com", "talktalk.net", "ntlworld.com", "blueyonder.co.uk", "tiscali.co.uk", "protonmail.com",
        "nhs.net", "justice.gov.uk", "homeoffice.gov.uk", "education.gov.uk", "cabinetoffice.gov.uk", "dhsc.gov.uk", "dwp.gov.uk", "ofsted.gov.uk", "cqc.org.uk",
        "hmcts.net", "parliament.uk", "communities.gov.uk",
    ];

    /// <summary>Too short to be told from other names, or real names that are like one above.</summary>
    private static readonly HashSet<string> AsTheyAre =
    [
        .. Common, "live.com", "msn.com", "aol.com", "aol.co.uk", "sky.com", "me.com", "mac.com", "mail.com", "email.com", "ymail.com", "rocketmail.com", "gmx.com", "gmx.net", "gmx.co.uk",
        "fastmail.com", "hotmail.ca", "hotmail.de", "hotmail.es", "hotmail.fr", "hotmail.it", "yahoo.ca", "yahoo.co", "yahoo.ie", "outlook.ie", "nhs.uk", "nhs.scot", "gov.uk", "gov.scot", "gov.wales", "police.uk",
    ];

    /// <summary>Endings that no domain has, and the one that was meant.</summary>
    private static readonly (string Wrong, string Right)[] Endings =
    [
        .. Wrong(".com", ".con", ".cmo", ".comm", ".ocm", ".vom", ".xom", ".coom"),
        .. Wrong(".co.uk", ".co.ku", ".co.uj", ".co.u", ".co.ukk", ".couk", ".c.uk", ".cop.uk", ".oc.uk"),
        .. Wrong(".org.uk", ".org.ku", ".org.u", ".orguk", ".ogr.uk", ".rog.uk", ".or.uk", ".org.ukk"),
        .. Wrong(".gov.uk", ".gov.ku", ".gov.u", ".govuk", ".gvo.uk", ".go.uk", ".giv.uk", ".gove.uk", ".gov.ukk", ".gov.co.uk", ".gov.org.uk"),
        .. Wrong(".nhs.uk", ".nhs.ku", ".nhs.u", ".nhsuk", ".nsh.uk", ".hns.uk", ".nhs.ukk", ".nhs.co.uk", ".nhs.gov.uk"),
        .. Wrong(".police.uk", ".police.ku", ".police.u", ".polcie.uk", ".poice.uk", ".plice.uk", ".police.co.uk", ".police.gov.uk"),
        .. Wrong(".ac.uk", ".ac.ku", ".ac.u", ".acuk", ".ca.uk", ".ac.ukk", ".ac.co.uk"),
    ];

    /// <summary>A shorter name is too like others for one wrong letter to say anything.</summary>
    private const int ShortestCompared = 9;

    /// <summary>In a name this long two wrong letters still leave no doubt.</summary>
    private const int ShortestOfTwo = 7;

    /// <returns>The whole address as it was probably meant; null when there is nothing to offer.</returns>
    public static string? Suggest(EmailAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var given = address.Normalized[(address.Normalized.LastIndexOf('@') + 1)..];
        return DomainFor(given) is { } meant && meant != given ? address.Address[..(address.Address.LastIndexOf('@') + 1)] + meant : null;
    }

    private static string? DomainFor(string given)
    {
        if (AsTheyAre.Contains(given))
            return null;
        var mended = Endings.FirstOrDefault(ending => given.EndsWith(ending.Wrong, StringComparison.Ordinal)) is { Wrong: { } wrong, Right: var right }
            ? given[..^wrong.Length] + right
            : given;
        return AsTheyAre.Contains(mended) ? mended : Common.FirstOrDefault(known => IsLike(mended, known)) ?? (mended == given ? null : mended);
    }

    private static bool IsLike(string domain, string known)
    {
        if (IsSwapped(domain, known))
            return true;
        if (known.Length < ShortestCompared || Math.Abs(domain.Length - known.Length) > 2)
            return false;
        if (Distance(domain, known) <= 1)
            return true;
        // With another ending two letters make another country: "hotmail.ca".
        var (name, ending) = Parts(known);
        var (typed, typedEnding) = Parts(domain);
        return ending == typedEnding && name.Length >= ShortestOfTwo && Distance(typed, name) <= 2;
    }

    /// <summary>Two neighbouring letters have changed places, which says something of the shortest name too: "nsh.net".</summary>
    private static bool IsSwapped(string domain, string known)
    {
        if (domain.Length != known.Length)
            return false;
        var first = domain.AsSpan().CommonPrefixLength(known);
        return first < domain.Length - 1 && domain[first] == known[first + 1] && domain[first + 1] == known[first] && domain.AsSpan(first + 2).SequenceEqual(known.AsSpan(first + 2));
    }

    private static (string Name, string Ending) Parts(string domain)
    {
        var dot = domain.IndexOf('.', StringComparison.Ordinal);
        return (domain[..dot], domain[dot..]);
    }

    /// <summary>How many letters are wrong, missing or too many; two that have changed places count once.</summary>
    private static int Distance(string from, string to)
    {
        var (before, last, row) = (new int[to.Length + 1], new int[to.Length + 1], new int[to.Length + 1]);
        for (var j = 0; j <= to.Length; j++)
            last[j] = j;
        for (var i = 1; i <= from.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                row[j] = Math.Min(Math.Min(last[j] + 1, row[j - 1] + 1), last[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
            }

            (before, last, row) = (last, row, before);
        }

        return last[to.Length];
    }

    private static IEnumerable<(string Wrong, string Right)> Wrong(string right, params string[] wrong) => wrong.Select(one => (one, right));
}
