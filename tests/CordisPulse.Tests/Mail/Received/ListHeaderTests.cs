using System.Text.RegularExpressions;

namespace CordisPulse.Tests.Mail.Received;

/// <summary>RFC 2369, 2919 and 8058: what mail programs know of the list, and how they leave it.</summary>
[Collection(AllReceivedMail.Name)]
public sealed partial class ListHeaderTests(ReceivedMailFixture mail)
{
    /// <summary>RFC 2369 section 2: each once, and none in mail that is not of the list.</summary>
    [Theory]
    [InlineData("List-Id")]
    [InlineData("List-Unsubscribe")]
    [InlineData("List-Unsubscribe-Post")]
    [InlineData("List-Archive")]
    public void Mail_of_the_list_has_it_once_and_other_mail_has_not(string name)
        => Assert.All(mail.All, one => Assert.Equal(mail.OfTheList.Contains(one) ? 1 : 0, one.Raw.All(name).Count));

    /// <summary>RFC 2369 sections 2 and 3.2: addresses in angle brackets with commas between, the one to be tried first on the left; none is broken by blanks.</summary>
    [Fact]
    public void One_leaves_by_https_first_and_by_mail_otherwise()
        => Assert.All(mail.OfTheList, one =>
        {
            var token = one.Person!.Token;
            Assert.Equal($"<https://pulse.example.org/unsubscribe/{token}>, <mailto:leave@sender.example?subject=unsubscribe%20{token}>", Blanks().Replace(one.Raw.Value("List-Unsubscribe")!, " "));
            Assert.All(Links().Matches(one.Raw.All("List-Unsubscribe")[0].Raw), link => Assert.DoesNotMatch(@"\s", link.Value));
            Assert.Equal("<https://pulse.example.org/editions>", one.Raw.Value("List-Archive"));
        });

    /// <summary>RFC 8058 section 3.1: this value and no other; and one https address, which needs nothing but itself.</summary>
    [Fact]
    public void One_click_is_offered_in_the_one_form_that_there_is()
        => Assert.All(mail.OfTheList, one =>
        {
            Assert.Equal("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n", one.Raw.All("List-Unsubscribe-Post")[0].Raw);
            Assert.Single(Links().Matches(one.Raw.Value("List-Unsubscribe")!), link => link.Value.StartsWith("<https://", StringComparison.Ordinal));
        });

    /// <summary>RFC 2919 sections 2 to 4: an identifier in angle brackets, at a domain of ours, no longer than 255, the same in every message.</summary>
    [Fact]
    public void The_list_has_one_name()
    {
        var id = Assert.Single(mail.OfTheList.Select(one => one.Raw.Value("List-Id")!).Distinct());
        Assert.EndsWith(" <editions.pulse.example.org>", id, StringComparison.Ordinal);
        Assert.InRange(id.Length, 1, 255);
        // A phrase and an address in angle brackets are written as for a mailbox.
        Assert.Equal("CordisPulse, das „Büro“", MimeKit.MailboxAddress.Parse(id.Replace("<editions.", "<editions@", StringComparison.Ordinal)).Name);
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Links();
}
