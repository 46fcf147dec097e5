using System.Text;
using CordisPulse.Core.Import;

namespace CordisPulse.Tests.Import;

/// <summary>The footers that mailing tools put below a newsletter are none of its items, and only an address is an address.</summary>
public sealed class MailingToolTests
{
    private const string Item = "<h2>Criminal Justice</h2><h3>Reports</h3><h4>Ofsted. <a href='https://example.org/a'>A title of a report</a></h4><p>The report says much that is new.</p>";

    [Fact]
    public void Mailchimps_footer_is_boilerplate_and_what_it_has_not_filled_in_is_dropped()
    {
        var edition = Recognise("""
            <table><tr><td><a href="https://mailchi.mp/x/y?e=[UNIQID]">View this email in your browser</a></td></tr></table>
            """ + Item + """
            <table><tr><td><em>Copyright &copy; 2031 Example Publisher, All rights reserved.</em><br><br>Our mailing address is:<br>1 Example Road<br>Exampleton<br><br>
            Want to change how you receive these emails?<br>You can <a href="*|UPDATE_PROFILE|*">update your preferences</a> or <a href="*|UNSUB|*">unsubscribe from this list</a>.</td></tr></table>
            """);

        Assert.Equal("The report says much that is new.", Assert.Single(edition.Items).Summary);
        Assert.Equal("", edition.Introduction);
        Assert.Equal("1 Example Road, Exampleton", edition.Publisher.PostalAddress);
        Assert.Null(edition.Publisher.HowToLeave);
    }

    [Fact]
    public void Campaign_Monitors_footer_gives_an_address_only_where_something_says_that_it_is_one()
    {
        const string footer = "<p>You received this email because you asked for it.</p><p><a href='https://example.org/p'>Edit your subscription</a> | <a href='https://example.org/u'>Unsubscribe</a></p>";
        var known = Recognise(Item + "<p>Cordis Bright Ltd<br>1 Example Road<br>Exampleton EX1 2MP</p>" + footer);
        var unknown = Recognise(Item + "<p>© 2031<br>Every word counts here</p>" + footer);

        Assert.Equal(("Cordis Bright Ltd", "1 Example Road, Exampleton EX1 2MP"), (known.Publisher.Name, known.Publisher.PostalAddress));
        Assert.Contains("You received this email", known.Publisher.HowToLeave, StringComparison.Ordinal);
        Assert.Null(unknown.Publisher.PostalAddress);
        Assert.All([known, unknown], edition => Assert.Equal("The report says much that is new.", Assert.Single(edition.Items).Summary));
    }

    private static RecognisedEdition Recognise(string html)
        => EditionRecogniser.Recognise(new HtmlReader().Read(Encoding.UTF8.GetBytes($"<meta charset=utf-8><body>{html}")).Blocks, ImportVocabulary.Full);
}
