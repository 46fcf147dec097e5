using System.Text;
using CordisPulse.Core.Rendering;

namespace CordisPulse.Core.Import;

/// <summary>Tells the publisher's boilerplate (address, telephone, how to leave) from the edition, and takes it apart.</summary>
internal static class Boilerplate
{
    private static readonly string[] Leaving =
    [
        "unsubscribe", "prefer not to receive", "no longer wish to receive", "no longer want to receive", "opt out of", "stop receiving", "manage your preferences", "manage preferences",
        "update your preferences", "e-mail preferences", "email preferences", "removed from our mailing list",
        "forwarded to you", "you are receiving this", "you have received this", "you received this",
    ];

    /// <summary>Alone on their line; within a sentence they may be an edition's own words.</summary>
    private static readonly string[] OnTheWeb =
    [
        EditionPlainText.OnTheWeb, "this edition as ", "read on the web", "read online", "read in your browser", "view this email in your browser", "view this e-mail in your browser", "view in your browser", "view in browser", "view it in your browser",
        "view online", "view the web version", "web version", "webversion", "view as a web page",
    ];

    private static readonly string[] Notices = ["all rights reserved", "registered in england", "company number", "registered office", "privacy policy", "privacy notice", "©", "copyright"];

    /// <summary>What mailing tools put above a footer's address and ways to leave; each begins the footer.</summary>
    private static readonly string[] FooterLabels = ["our mailing address is", "mailing address", "our address", "postal address", "our postal address"];

    private static readonly string[] FooterWords = ["want to change how you receive these emails", "want to change how you receive these e-mails", "you can update your preferences", "edit your subscription", "add us to your address book"];

    private static readonly string[] UnfilledMarks = ["*|", "|*", "[UNIQID]", "<unsubscribe>", "<webversion>", "[unsubscribe]", "[webversion]", "{{", "}}", "%%"];

    private static readonly HashSet<string> Labels = new(StringComparer.OrdinalIgnoreCase)
    {
        "telephone", "tel", "phone", "t", "email", "e-mail", "e", "website", "web", "w", "twitter", "x", "linkedin", "address", "follow us", "contact", "contact us", "facebook", "bluesky", "mobile", "fax",
    };

    private static readonly string[] SocialHosts =
        ["twitter.com", "x.com", "linkedin.com", "facebook.com", "instagram.com", "youtube.com", "bsky.app", "threads.net", "mastodon.social", "tiktok.com"];

    private static readonly string[] LegalForms = ["Ltd", "Limited", "LLP", "CIC", "plc", "Inc"];

    /// <summary>0: none; 1: in boilerplate's company; 2: on its own.</summary>
    public static int Weigh(Passage passage, Names names)
    {
        if (!passage.IsLine || passage.Text.Length > 1500)
            return 0;
        if (SaysHowToLeave(passage.Text) || IsFooter(passage.Text))
            return 2;
        var text = HeadingText.Parse(passage.Text);
        var words = Wording.WordCount(text.Plain);
        if (IsOnTheWeb(passage.Text, text, words))
            return 2;
        if (words > 40)
            return 0;
        if (Label(text.Plain) is not null && (words <= 14 || text.Plain.Contains('@')))
            return 1;
        if (HasPostcode(text.Plain) && words <= 24)
            return 1;
        if (text.Links.Count > 0 && text.Links.All(link => IsSocial(link.Url)) && words <= 8)
            return 1;
        if (IsNotice(text.Plain))
            return 1;
        if (words == 1 && (IsEmail(text.Plain) || IsSite(text.Plain)))
            return 1;
        return passage.Kind == PassageKind.Text && StartsWithPublisher(text.Plain, names) is { } end && words <= 8 && text.Plain[end..].Trim(' ', ',', '.').Length == 0 ? 1 : 0;
    }

    public static RecognisedPublisher Read(IReadOnlyList<Passage> passages, Names names)
    {
        var publisher = new RecognisedPublisher { Texts = [.. passages.Select(passage => passage.Text)] };
        var leaving = new StringBuilder();
        List<RecognisedSocialLink> social = [];
        List<string> address = [];
        var withAddress = PostalLines.Paragraphs(passages, names);
        foreach (var passage in passages)
        {
            if (IsUnfilled(passage.Text))
                continue;
            if (SaysHowToLeave(passage.Text))
            {
                leaving.Append(leaving.Length > 0 ? "\n\n" : "").Append(passage.Text);
                continue;
            }

            var text = HeadingText.Parse(passage.Text);
            social.AddRange(text.Links.Where(link => IsSocial(link.Url)).Select(link => new RecognisedSocialLink(link.Text, link.Url)));
            var label = Label(text.Plain);
            if (label is "telephone" or "tel" or "phone" or "t")
                publisher = publisher with { Telephone = publisher.Telephone ?? Number(text.Plain) };
            foreach (var word in text.Plain.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(word => word.Trim(',', ';', '.', '(', ')', '<', '>')))
                if (IsEmail(word))
                    publisher = publisher with { Email = publisher.Email ?? word };
                else if (IsSite(word) && !IsSocial(word))
                    publisher = publisher with { Website = publisher.Website ?? word };
            if (withAddress.Contains(passage.Paragraph) && PostalLines.MayBe(passage))
                publisher = Postal(publisher, text.Plain, label, names, address);
        }

        return publisher with
        {
            HowToLeave = leaving.Length > 0 ? leaving.ToString() : null,
            SocialLinks = social,
            PostalAddress = address.Count > 0 ? string.Join(", ", address) : null,
        };
    }

    private static RecognisedPublisher Postal(RecognisedPublisher publisher, string line, string? label, Names names, List<string> address)
    {
        if (IsAddressLabel(line))
            line = line[(line.IndexOf(':') + 1)..];
        var rest = label is null ? line : line[(line.IndexOf(':') + 1)..].Trim();
        if (StartsWithPublisher(rest, names) is { } end)
        {
            publisher = publisher with { Name = publisher.Name ?? rest[..end].Trim() };
            rest = rest[end..];
        }

        rest = rest.Trim(' ', ',').TrimEnd('.', ',');
        if (rest.Length > 0)
            address.Add(rest);
        return publisher;
    }

    private static bool IsOnTheWeb(string markdown, HeadingText text, int words)
        => words <= 16 && Wording.WordCount(text.Plain) > 0
            && OnTheWeb.Any(phrase => markdown.StartsWith(phrase, StringComparison.OrdinalIgnoreCase) || (text.Links is [var link] && link.Text.Contains(phrase, StringComparison.OrdinalIgnoreCase)));

    /// <summary>A line that stands above an address, or that a mailing tool writes below one.</summary>
    public static bool IsFooter(string text)
        => text.Length <= 200 && HeadingText.Parse(text).Plain is var plain
            && (IsAddressLabel(plain) || FooterWords.Any(words => plain.StartsWith(words, StringComparison.OrdinalIgnoreCase)));

    /// <summary>A line with which a footer begins, whatever stands below it.</summary>
    public static bool BeginsFooter(Passage passage)
        => passage is { Kind: PassageKind.Text, OpensParagraph: true, Text.Length: <= 300 }
            && HeadingText.Parse(passage.Text).Plain is var plain
            && (IsAddressLabel(plain) || plain.StartsWith("Copyright ©", StringComparison.OrdinalIgnoreCase) || plain.StartsWith('©') || plain.StartsWith("Copyright (c)", StringComparison.OrdinalIgnoreCase));

    public static bool IsAddressLabel(string plain) => FooterLabels.Any(label => plain.StartsWith(label + ":", StringComparison.OrdinalIgnoreCase));

    /// <summary>It holds what a mailing tool was to fill in for each reader.</summary>
    public static bool IsUnfilled(string text) => UnfilledMarks.Any(mark => text.Contains(mark, StringComparison.OrdinalIgnoreCase));

    /// <summary>False for what a mailing tool wrote for the one who got this mail: a way to leave or to read it that is theirs alone.</summary>
    public static bool IsForEveryReader(string text)
        => !IsUnfilled(text) && !(text.Contains("](http", StringComparison.OrdinalIgnoreCase) && (SaysHowToLeave(text) || IsOnTheWeb(text, HeadingText.Parse(text), Wording.WordCount(text))));

    public static bool SaysHowToLeave(string text) => text.Length <= 1500 && Leaving.Any(phrase => text.Contains(phrase, StringComparison.OrdinalIgnoreCase));

    public static bool IsNotice(string plain) => Notices.Any(notice => plain.Contains(notice, StringComparison.OrdinalIgnoreCase));

    /// <summary>Where the publisher's name with its legal form ends; null when the text does not begin with it.</summary>
    public static int? StartsWithPublisher(string text, Names names)
    {
        if (names.Publisher.FindAtStart(text) is not { } found)
            return null;
        var rest = text[found.End..];
        var form = LegalForms.FirstOrDefault(form => rest.TrimStart().StartsWith(form, StringComparison.OrdinalIgnoreCase));
        return form is null ? found.End : found.End + (rest.Length - rest.TrimStart().Length) + form.Length;
    }

    public static string? Label(string text)
    {
        var colon = text.AsSpan(0, Math.Min(text.Length, 20)).IndexOf(':');
        return colon > 0 && Labels.Contains(text[..colon].Trim()) ? text[..colon].Trim().ToLowerInvariant() : null;
    }

    private static string? Number(string text)
    {
        var number = string.Concat(text[(text.IndexOf(':') + 1)..].Trim().TakeWhile(c => char.IsDigit(c) || c is ' ' or '+' or '(' or ')' or '-' or '\u00A0')).Trim();
        return number.Count(char.IsDigit) >= 6 ? number : null;
    }

    private static bool IsEmail(string word)
        => word.IndexOf('@') is > 0 and var at && word.IndexOf('.', at) > at + 1 && !word.Any(char.IsWhiteSpace) && !word.Contains('/');

    public static bool IsSite(string word)
        => !word.Any(char.IsWhiteSpace) && (word.StartsWith("www.", StringComparison.OrdinalIgnoreCase) || word.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || word.StartsWith("https://", StringComparison.OrdinalIgnoreCase));

    private static bool IsSocial(string url) => SocialHosts.Any(host => url.Contains("/" + host, StringComparison.OrdinalIgnoreCase) || url.Contains("." + host, StringComparison.OrdinalIgnoreCase));

    /// <summary>The shape of a British postcode at the end of a line or before a comma: "EC1A 9LF".</summary>
    public static bool HasPostcode(string text)
    {
        var words = text.Split([' ', ',', '.', '\u00A0'], StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i + 1 < words.Length; i++)
            if (words[i] is { Length: >= 2 and <= 4 } outward && char.IsAsciiLetterUpper(outward[0]) && outward.Any(char.IsAsciiDigit) && outward.All(char.IsAsciiLetterOrDigit)
                && words[i + 1] is { Length: 3 } inward && char.IsAsciiDigit(inward[0]) && char.IsAsciiLetterUpper(inward[1]) && char.IsAsciiLetterUpper(inward[2]))
                return true;
        return false;
    }
}
