namespace CordisPulse.Core.Import;

/// <summary>Finds the lines of boilerplate that are an address: only where a label, a postcode or the publisher's own name says so.</summary>
internal static class PostalLines
{
    private const int LongestLine = 160;

    /// <summary>The numbers of the paragraphs that hold one.</summary>
    public static HashSet<int> Paragraphs(IReadOnlyList<Passage> passages, Names names)
    {
        HashSet<int> found = [];
        for (var i = 0; i < passages.Count; i++)
        {
            var plain = HeadingText.Parse(passages[i].Text).Plain;
            if (Boilerplate.IsAddressLabel(plain))
            {
                // The label may stand in a paragraph of its own.
                if (plain.EndsWith(':') && (i + 1 == passages.Count || passages[i + 1].Paragraph != passages[i].Paragraph))
                    found.UnionWith(passages.Skip(i + 1).Take(1).Where(MayBe).Select(passage => passage.Paragraph));
                else
                    found.Add(passages[i].Paragraph);
            }
            else if (MayBe(passages[i]) && (Boilerplate.Label(plain) is "address" || Boilerplate.HasPostcode(plain) || Boilerplate.StartsWithPublisher(plain, names) is not null))
            {
                found.Add(passages[i].Paragraph);
            }
        }

        return found;
    }

    /// <summary>A short line without a link, an address of e-mail or the web, a notice or a question.</summary>
    public static bool MayBe(Passage passage)
        => passage is { IsLine: true, Text.Length: <= LongestLine * 2 }
            && HeadingText.Parse(passage.Text) is { Links.Count: 0, Plain: { Length: <= LongestLine } plain }
            && Boilerplate.Label(plain) is null or "address" && !plain.Contains('@') && !Boilerplate.IsSite(plain) && !Boilerplate.IsNotice(plain)
            && !Boilerplate.IsUnfilled(plain) && !Boilerplate.SaysHowToLeave(plain) && Wording.LastMark(plain) is not ('?' or '!')
            && (!Boilerplate.IsFooter(plain) || Boilerplate.IsAddressLabel(plain));
}
