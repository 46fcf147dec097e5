namespace CordisPulse.Core.Mailings.Messages;

/// <summary>
/// How the mail looks: every style is written on its tag, and a class beside it lets the dark colours, which only a media query can
/// give, take over. Families stand without quotes so that they need no escaping.
/// </summary>
public sealed record MailStyle(string Css, string? Class = null)
{
    public const string Serif = "Georgia,Times New Roman,serif";
    public const string Sans = "Segoe UI,Helvetica,Arial,sans-serif";
    public const string Ink = "#1c2126";
    public const string Soft = "#555f69";
    public const string Rule = "#dcd8cd";
    public const string Band = "#f4f2ec";
    public const string Sheet = "#ffffff";
    public const string Link = "#0b4f8a";

    /// <summary>For small print.</summary>
    public const string Small = $"font:14px/21px {Sans};color:{Soft};margin:0";

    private const string Text = $"font:17px/27px {Serif};color:{Ink};margin:0 0 8px";
    private const string Cell = $"font:15px/22px {Sans};color:{Ink};padding:4px 12px 4px 0;text-align:left;vertical-align:top";

    private static readonly Dictionary<string, MailStyle> ByTag = new()
    {
        ["p"] = new(Text, "ink"),
        ["ul"] = new($"{Text};padding-left:20px", "ink"),
        ["ol"] = new($"{Text};padding-left:24px", "ink"),
        ["li"] = new("margin:0 0 4px"),
        ["a"] = new($"color:{Link}", "link"),
        ["blockquote"] = new($"margin:0 0 8px;padding:0 0 0 14px;border-left:3px solid {Rule}", "rule"),
        ["h2"] = new($"font:700 22px/28px {Serif};color:{Ink};margin:16px 0 8px", "ink"),
        ["h3"] = new($"font:700 20px/26px {Serif};color:{Ink};margin:14px 0 8px", "ink"),
        ["h4"] = new($"font:700 18px/24px {Serif};color:{Ink};margin:12px 0 6px", "ink"),
        ["h5"] = new($"font:700 16px/24px {Sans};color:{Ink};margin:12px 0 6px", "ink"),
        ["h6"] = new($"font:700 15px/22px {Sans};color:{Ink};margin:12px 0 6px", "ink"),
        ["pre"] = new($"font:14px/21px Consolas,Courier New,monospace;color:{Ink};margin:0 0 8px;white-space:pre-wrap", "ink"),
        ["hr"] = new($"border:0;border-top:1px solid {Rule};margin:16px 0", "rule"),
        ["table"] = new("border-collapse:collapse;margin:0 0 8px"),
        ["th"] = new($"{Cell};font-weight:700;border-bottom:1px solid {Rule}", "ink rule"),
        ["td"] = new(Cell, "ink"),
    };

    public static MailStyle? Of(string tag) => ByTag.GetValueOrDefault(tag);
}
