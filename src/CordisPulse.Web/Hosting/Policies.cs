using CordisPulse.Core.Accounts;

namespace CordisPulse.Web.Hosting;

/// <summary>Names of the authorization policies. What names none needs an editor.</summary>
internal static class Policies
{
    /// <summary>Editors and everybody above them.</summary>
    public const string Drafts = "Drafts";

    /// <summary>Publishers and administrators.</summary>
    public const string Publishes = "Publishes";

    /// <summary>Administrators.</summary>
    public const string Administers = "Administers";

    public static IReadOnlyDictionary<string, string[]> RolesOf { get; } = new Dictionary<string, string[]>
    {
        [Drafts] = [Roles.Editor, Roles.Publisher, Roles.Administrator],
        [Publishes] = [Roles.Publisher, Roles.Administrator],
        [Administers] = [Roles.Administrator],
    };
}
