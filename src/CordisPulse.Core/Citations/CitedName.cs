using System.Text.RegularExpressions;

namespace CordisPulse.Core.Citations;

/// <summary>An author as reference lists sort and shorten one.</summary>
/// <param name="Whole">As the edition has it.</param>
/// <param name="Family">Null for an organisation, and for whoever cannot be told from one.</param>
/// <param name="Given">Null together with <paramref name="Family"/>.</param>
public sealed partial record CitedName(string Whole, string? Family, string? Given)
{
    private const int LongestName = 4;

    private static readonly HashSet<string> Titles = new(["Dr", "Dr.", "Prof", "Prof.", "Professor", "Mr", "Mrs", "Ms", "Miss"], StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> Degrees = new(["PhD", "MD", "MBE", "OBE", "CBE", "KC", "QC", "Jr", "Jr.", "Sr", "Sr."], StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> Particles = ["van", "von", "de", "der", "den", "di", "da", "du", "la", "le", "ter", "ten", "al", "bin", "el"];

    /// <summary>Words of which one makes a name an organisation's.</summary>
    private static readonly HashSet<string> OfOrganisations = new(
        [
            "Academy", "Action", "Agency", "Alliance", "Analytics", "Association", "Associates", "Audit", "Authority", "Board", "Bureau", "Care", "Centre", "Center", "Charity", "Children", "Coalition",
            "College", "Commission", "Committee", "Community", "Company", "Consulting", "Consortium", "Council", "County", "Department", "Directorate", "Education", "England", "Europe", "Faculty",
            "Federation", "Forum", "Foundation", "Fund", "Government", "Group", "Health", "Healthcare", "Hospital", "House", "Housing", "Independent", "Initiative", "Inspectorate", "Institute", "Institution",
            "International", "Ireland", "Justice", "Lab", "Limited", "London", "Ltd", "Ministry", "National", "Network", "Observatory", "Office", "Ombudsman", "Organisation", "Organization", "Panel", "Parliament",
            "Partners", "Partnership", "Police", "Policy", "Press", "Prison", "Probation", "Programme", "Project", "Research", "Royal", "School", "Scotland", "Service", "Services", "Society", "Solutions", "Studies",
            "Taskforce", "Team", "Trust", "Union", "Unit", "University", "Wales", "Youth",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Nothing of it is a person's name.</summary>
    public static CitedName OfOrganisation(string name) => new(OneLine(name), null, null);

    /// <param name="name">"Jane K. Smith" or "Smith, Jane K.".</param>
    /// <param name="source">What is known to be an organisation.</param>
    public static CitedName Of(string name, string? source)
    {
        var whole = OneLine(name);
        if (source is not null && whole.Equals(OneLine(source), StringComparison.OrdinalIgnoreCase))
            return OfOrganisation(whole);
        return whole.Split(", ") switch
        {
            [var first, var last] when Degrees.Contains(last) => Person(whole, Words(first)),
            [var family, var given] when Words(family) is { Length: > 0 and < LongestName } names && names.All(IsName) && Words(given) is { Length: > 0 and < LongestName } givens && givens.All(IsName)
                => new CitedName(whole, family, given),
            [_] => Person(whole, Words(whole)),
            _ => OfOrganisation(whole),
        };
    }

    /// <summary>"Smith, Jane K.", or the whole name of an organisation.</summary>
    public string Sorted => Family is null ? Whole : $"{Family}, {Given}";

    /// <summary>"Smith, J.K.", or the whole name of an organisation.</summary>
    public string Shortened => Family is null ? Whole : $"{Family}, {string.Concat(Initial().Matches(Given!).Select(match => match.Value + "."))}";

    private static CitedName Person(string whole, string[] words)
    {
        if (words is [var title, ..] && Titles.Contains(title))
            words = words[1..];
        if (words.Length is < 2 or > LongestName || !words.All(IsName) || Particles.Contains(words[^1]))
            return OfOrganisation(whole);
        var family = words.Length - 1;
        while (family > 1 && Particles.Contains(words[family - 1]))
            family--;
        return new CitedName(whole, string.Join(' ', words[family..]), string.Join(' ', words[..family]));
    }

    private static bool IsName(string word) => Particles.Contains(word) || (NameWord().IsMatch(word) && !OfOrganisations.Contains(word.TrimEnd('.')));

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string OneLine(string text) => Spaces().Replace(text.Trim(), " ");

    [GeneratedRegex(@"[\s\p{C}]+")]
    private static partial Regex Spaces();

    /// <summary>A word that begins with a capital and goes on in small letters (O’Neill and Smith-Jones, too), or initials with stops.</summary>
    [GeneratedRegex(@"^(\p{Lu}['’]?\p{Ll}*\p{M}*(\p{Lu}\p{Ll}+)?([-'’]\p{Lu}?\p{Ll}+)*|(\p{Lu}\.-?)+)$")]
    private static partial Regex NameWord();

    [GeneratedRegex(@"\p{Lu}(?=[\p{Ll}.'’\s-]|$)")]
    private static partial Regex Initial();
}
