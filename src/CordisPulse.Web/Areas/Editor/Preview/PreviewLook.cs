using System.ComponentModel.DataAnnotations;
using CordisPulse.Core.Mailings;
using CordisPulse.Core.Mailings.Looks;
using CordisPulse.Core.Subscriptions;
using Microsoft.AspNetCore.Http.Extensions;

namespace CordisPulse.Web.Areas.Editor.Preview;

public enum PreviewKind
{
    Web,
    Email,
    Text,
    Print,
}

public enum PreviewWidth
{
    /// <summary>As wide as the window that it is looked at in.</summary>
    Window,
    Desktop,
    Tablet,
    Phone,
}

/// <summary>How the edition is looked at, as the address says it.</summary>
public sealed class PreviewLook
{
    private List<string> _sectors = [];

    public PreviewKind Show { get; set; }

    public PreviewWidth Width { get; set; }

    public bool Dark { get; set; }

    /// <summary>Key of the mail program that is imitated.</summary>
    public string? As { get; set; }

    /// <summary>Slugs of the sectors that the reader wants; none for all.</summary>
    public List<string> Sectors
    {
        get => _sectors;
        // An empty value in the address is bound as null.
        set => _sectors = [.. value.Where(sector => !string.IsNullOrEmpty(sector))];
    }

    public MailProgram Program => MailPrograms.Find(As);

    public bool IsOfMail => Show is PreviewKind.Email or PreviewKind.Text;

    public PreviewLook With(PreviewKind show) => new() { Show = show, Width = Width, Dark = Dark, As = As, Sectors = Sectors };

    public PreviewLook With(IEnumerable<string> sectors) => new() { Show = Show, Width = Width, Dark = Dark, As = As, Sectors = [.. sectors] };

    /// <summary>Of an address, with its question mark; only what differs from the usual look.</summary>
    public string ToQuery()
    {
        var query = new QueryBuilder();
        if (Show != PreviewKind.Web)
            query.Add("show", Show.ToString().ToLowerInvariant());
        if (Width != PreviewWidth.Window)
            query.Add("width", Width.ToString().ToLowerInvariant());
        if (Dark)
            query.Add("dark", "true");
        if (As is not null)
            query.Add("as", As);
        foreach (var sector in Sectors)
            query.Add("sectors", sector);
        return query.ToString();
    }
}

/// <summary>Whom a test goes to.</summary>
public sealed class TestForm : IValidatableObject
{
    /// <summary>Addresses, one a line or with commas between.</summary>
    public string? To { get; set; }

    private string[] Parts => (To ?? "").Split(['\n', '\r', ',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Parts.Length == 0)
            yield return new ValidationResult("Enter the address that the test goes to.", [nameof(To)]);
        else if (Parts.Length > TestSend.MostAddresses)
            yield return new ValidationResult($"A test goes to {TestSend.MostAddresses} addresses at most; these are {Parts.Length}.", [nameof(To)]);
        else
            foreach (var part in Parts)
                if (!EmailAddress.TryParse(part, out _, out var problem))
                    yield return new ValidationResult($"“{part}”: {problem}", [nameof(To)]);
    }

    /// <summary>Each once; only when the form is valid.</summary>
    public IReadOnlyList<EmailAddress> Addresses()
        => [.. Parts.Select(part => EmailAddress.TryParse(part, out var address, out var problem) ? address : throw new InvalidOperationException(problem))
            .DistinctBy(address => address.Normalized)];
}
