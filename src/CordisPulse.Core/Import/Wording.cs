using System.Globalization;

namespace CordisPulse.Core.Import;

/// <summary>What the shape of a line of English says about it.</summary>
internal static class Wording
{
    private static readonly HashSet<string> Joining = new(StringComparer.Ordinal)
    {
        "of", "for", "and", "the", "in", "on", "into", "to", "at", "with", "by", "from", "de", "du", "van", "von", "a", "an", "or", "against", "upon",
    };

    private static readonly HashSet<string> Unfinished = new(StringComparer.Ordinal)
    {
        "is", "are", "was", "were", "include", "includes", "included", "says", "say", "said", "states", "stated", "finds", "found", "recommends", "recommended", "suggests", "suggested", "shows", "showed", "concludes", "concluded",
    };

    private static readonly HashSet<string> KindsOfBody = new(StringComparer.OrdinalIgnoreCase)
    {
        "agency", "service", "services", "department", "ministry", "office", "institute", "institution", "foundation", "centre", "center", "council", "trust",
        "commission", "commissioner", "inspectorate", "inspector", "university", "federation", "association", "society", "authority", "board", "committee",
        "inquiry", "fund", "network", "alliance", "college", "academy", "union", "partnership", "parliament", "government", "executive", "unit", "section",
        "division", "directorate", "team", "branch", "school", "group", "charity", "ombudsman", "court", "library", "laboratory", "bureau", "forum", "confederation",
        "observatory", "taskforce", "directors", "consortium", "press", "faculty", "hub",
    };

    private static readonly HashSet<string> PartsOfBody = new(StringComparer.OrdinalIgnoreCase)
    {
        "section", "unit", "division", "directorate", "team", "branch", "committee", "programme", "department", "group", "taskforce", "school", "faculty",
    };

    private static readonly string[] Publications =
    [
        "report", "reports", "briefing", "guide", "guidance", "paper", "study", "review", "analysis", "framework", "toolkit", "tool", "research", "article", "survey",
        "publication", "strategy", "resource", "bulletin", "evaluation", "inspection", "document", "plan", "handbook", "statistics", "release", "consultation", "blog",
        "factsheet", "summary", "response", "inquiry", "white", "green", "policy", "data", "webinar", "checklist", "collection", "policy", "insight", "annual", "update",
    ];

    public static int WordCount(string text)
    {
        var count = 0;
        var inside = false;
        foreach (var c in text)
        {
            var space = char.IsWhiteSpace(c);
            if (!space && !inside)
                count++;
            inside = !space;
        }

        return count;
    }

    /// <summary>The last mark that counts, past closing quotes, brackets and emphasis; <c>\0</c> for none.</summary>
    public static char LastMark(string text)
    {
        for (var i = text.Length - 1; i >= 0; i--)
            if (!char.IsWhiteSpace(text[i]) && text[i] is not ('"' or '”' or '’' or '\'' or ')' or ']' or '*' or '_' or '\\'))
                return text[i];
        return '\0';
    }

    public static bool EndsSentence(string text) => LastMark(text) is '.' or '!' or '?' or ':' or ';' or '…' or '。' or '！' or '？';

    /// <summary>"… in the U.K."</summary>
    public static bool EndsInAbbreviation(string text)
    {
        var word = text.AsSpan(text.LastIndexOf(' ') + 1).TrimEnd("*_)]");
        return word.EndsWith('.') && word[..^1].Contains('.');
    }

    /// <summary>Past a number: "(b) Councils" does not.</summary>
    public static bool StartsLower(string text) => FirstLetter(Numbering.Without(text)) is { } c && char.IsLower(c);

    /// <summary>The first character past opening marks; null when there is none.</summary>
    public static char? FirstLetter(string text)
    {
        foreach (var c in text)
            if (c is not ('"' or '“' or '‘' or '\'' or '*' or '_' or '[' or '(') && !char.IsWhiteSpace(c))
                return c;
        return null;
    }

    /// <summary>True when a sentence cannot end with <paramref name="text"/>: it stops at a comma or at a word that wants another.</summary>
    public static bool WantsMore(string text)
    {
        var trimmed = text.AsSpan().TrimEnd();
        if (trimmed.EndsWith(","))
            return true;
        var last = trimmed[(trimmed.LastIndexOf(' ') + 1)..];
        return last.Length is > 0 and <= 7 && Joining.Contains(last.ToString());
    }

    /// <summary>
    /// True for a line that a list or more text must complete: "The authors found that", "It asks for and includes". A question
    /// told may end in its verb: "What they found".
    /// </summary>
    public static bool StopsShort(string text)
    {
        if (char.IsLetterOrDigit(LastMark(text)) && NameIndex.Words(text).Select(word => word.Text).ToList() is [.. var before, var last])
            return last is "that" or "including" || (Unfinished.Contains(last) && !before.Exists(word => word is "what" or "who" or "where" or "how" or "why" or "when" or "which"));
        return false;
    }

    /// <summary>
    /// True for what could be the name of a body: every word but joining ones has a capital or is a number, or it is one word of a script without capitals, and there are not many.
    /// </summary>
    public static bool IsNameLike(string text)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length is 0 or > 14 || text.Length > 140)
            return false;
        var capitals = 0;
        for (var i = 0; i < words.Length; i++)
        {
            var word = words[i].Trim('(', ')', ',', '"', '“', '”', '\'', '‘', '’', '*', '_');
            if (word.Length == 0 || word is "&" or "/" or "-" or "–")
                continue;
            if (char.IsUpper(word[0]) || (words.Length == 1 && char.GetUnicodeCategory(word[0]) == UnicodeCategory.OtherLetter) || word.Any(c => char.IsUpper(c) || (c == '.' && word[^1] != '.')))
                capitals++;
            else if (!char.IsDigit(word[0]) && !(i > 0 && (Joining.Contains(word) || word is ['d' or 'l', '’' or '\'', _, ..])))
                return false;
        }

        return capitals > 0 && !Joining.Contains(words[^1]);
    }

    /// <summary>True when a name says what kind of body it is ("… Agency", "Ministry of …") or is an acronym.</summary>
    public static bool NamesABody(string text) => IsNameLike(text) && (HasWord(text, KindsOfBody) || IsAcronym(text));

    public static bool NamesAPart(string text) => IsNameLike(text) && HasWord(text, PartsOfBody);

    public static bool IsAcronym(string text) => text.Length is >= 2 and <= 10 && text.All(c => char.IsUpper(c) || c is '&' or '.');

    /// <summary>Two to five words with capitals and no more than initials and a title: how a person signs.</summary>
    public static bool IsPersonLike(string text)
    {
        var words = text.Trim('*', '_', ' ').Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length is >= 2 and <= 5 && text.Length <= 60 && words.All(word => char.IsUpper(word[0]) && word.All(c => char.IsLetter(c) || c is '.' or '-' or '\'' or '’'));
    }

    /// <summary>True for "This report …", "The latest annual survey …": how a summary begins.</summary>
    public static bool IntroducesAPublication(string text)
    {
        var words = text.AsSpan()[..Math.Min(text.Length, 120)].ToString().Split([' ', '\u00A0', ',', '.'], 9, StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 2
            && words[0] is "This" or "The" or "These" or "A" or "An" or "In"
            && words.Skip(1).Take(5).Any(word => Publications.Contains(word, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>True for a single word such as "Report" or "Briefing".</summary>
    public static bool NamesAPublication(string word) => Publications.Contains(word, StringComparer.OrdinalIgnoreCase);

    public static bool NamesAPiece(string word) => word is "Part" or "Chapter" or "Volume" or "Annex" or "Appendix" or "Phase" or "Stage" or "Key";

    /// <summary>Past the first, no more words of some length carry capitals than do not.</summary>
    public static bool IsSentenceCase(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Where(word => word.Length > 3 && char.IsLetter(word[0])).ToList();
        return words.Count(word => char.IsUpper(word[0])) * 2 <= words.Count;
    }

    /// <summary>Most words of some length carry capitals.</summary>
    public static bool IsTitleCase(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => word.Length > 3 && char.IsLetter(word[0])).ToList();
        return words.Count >= 3 && words.Count(word => char.IsUpper(word[0])) * 10 >= words.Count * 8;
    }

    /// <summary>Takes the quotes off that stand around all of a text.</summary>
    public static string Unquoted(string text)
        => text.Length > 2 && (text[0], text[^1]) is ('“', '”') or ('‘', '’') or ('"', '"') or ('\'', '\'') ? text[1..^1].Trim() : text;

    private static bool HasWord(string text, HashSet<string> words)
        => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Any(word => words.Contains(word.Trim('(', ')', ',')));
}
