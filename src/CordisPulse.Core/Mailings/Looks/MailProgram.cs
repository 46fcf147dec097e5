namespace CordisPulse.Core.Mailings.Looks;

/// <summary>What a mail program makes of a mail when its reader has chosen dark.</summary>
public enum DarkMode
{
    /// <summary>The mail's own dark colours are used.</summary>
    Own,

    /// <summary>The program turns light grounds dark and dark text light.</summary>
    Inverted,

    /// <summary>The mail stays as it is.</summary>
    Untouched,
}

/// <summary>A program that readers open the digest in.</summary>
public sealed record MailProgram
{
    /// <summary>Stands in addresses, such as <c>outlook-windows</c>.</summary>
    public required string Key { get; init; }

    public required string Name { get; init; }

    public required DarkMode Dark { get; init; }

    /// <summary>It shows what stands in <c>&lt;!--[if mso]&gt;</c>.</summary>
    public bool ReadsConditionalComments { get; init; }

    /// <summary>It hides what comes after so many bytes of the HTML part; null when it shows everything.</summary>
    public int? CutsAtBytes { get; init; }

    /// <summary>It drops a style element with more characters than this; null when it takes any.</summary>
    public int? LargestStyle { get; init; }
}

/// <summary>One thing that mails use and that not every program understands.</summary>
public sealed record MailFeature
{
    /// <summary>As caniemail.com calls it.</summary>
    public required string Name { get; init; }

    /// <summary>The day of the test that the rest says the result of.</summary>
    public required DateOnly Tested { get; init; }

    public IReadOnlyList<string> Properties { get; init; } = [];

    /// <summary>The media feature of an at-rule, such as <c>prefers-color-scheme</c>; null for properties.</summary>
    public string? Media { get; init; }

    /// <summary>Elements on which the programs that ignore it follow it all the same.</summary>
    public IReadOnlyList<string> OnlyOn { get; init; } = [];

    /// <summary>The elements on which it is ignored, when those are few.</summary>
    public IReadOnlyList<string> NotOn { get; init; } = [];

    /// <summary>Keys of the programs that do as if it were not there.</summary>
    public IReadOnlyList<string> IgnoredBy { get; init; } = [];

    /// <summary>Keys of the programs that follow it in a way of their own, which a browser can't show.</summary>
    public IReadOnlyList<string> DiffersIn { get; init; } = [];

    /// <summary>What a reader sees of that, in a sentence; null when it is nothing.</summary>
    public string? Effect { get; init; }

    public bool IsIgnoredBy(MailProgram program, string element)
        => IgnoredBy.Contains(program.Key) && !OnlyOn.Contains(element) && (NotOn.Count == 0 || NotOn.Contains(element));
}
