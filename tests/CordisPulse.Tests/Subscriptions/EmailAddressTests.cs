using CordisPulse.Core.Subscriptions;

namespace CordisPulse.Tests.Subscriptions;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("jo@example.org", "jo@example.org")]
    [InlineData("  Jo.Smith@Example.ORG \t", "jo.smith@example.org")]
    [InlineData("jo+pulse@example.org", "jo+pulse@example.org")]
    [InlineData("o'neil@example.co.uk", "o'neil@example.co.uk")]
    [InlineData("O\u2019Brien@example.org", "o'brien@example.org")]
    [InlineData("o\u2018brien@example.org", "o'brien@example.org")]
    [InlineData("o\u02BCbrien@example.org", "o'brien@example.org")]
    [InlineData("o\u00B4brien@example.org", "o'brien@example.org")]
    [InlineData("o\uFF07brien@example.org", "o'brien@example.org")]
    [InlineData("jo@bücher.example", "jo@xn--bcher-kva.example")]
    [InlineData("jo@BU\u0308CHER.example", "jo@xn--bcher-kva.example")]
    [InlineData("jo@xn--bcher-kva.example", "jo@xn--bcher-kva.example")]
    [InlineData("Zoë@example.org", "zoë@example.org")]
    [InlineData("ZOE\u0308@example.org", "zoë@example.org")]
    [InlineData("用户@例子.example", "用户@xn--fsqu00a.example")]
    [InlineData("jo@XN--BCHER-KVA.Example", "jo@xn--bcher-kva.example")]
    [InlineData("jo@b\uff35\uff2bcher.example", "jo@bukcher.example")]
    [InlineData("jo@例子。example", "jo@xn--fsqu00a.example")]
    [InlineData("\"Jo Smith\"@example.org", "\"jo smith\"@example.org")]
    [InlineData("\"a@b\"@example.org", "\"a@b\"@example.org")]
    [InlineData("Jo+Pulse.2@sub.example.org", "jo+pulse.2@sub.example.org")]
    [InlineData("!#$%&'*/=?^_`{|}~-@example.org", "!#$%&'*/=?^_`{|}~-@example.org")]
    public void An_address_has_one_form_to_compare(string text, string normalized)
    {
        Assert.True(EmailAddress.TryParse(text, out var address, out var problem), problem);
        Assert.Equal(normalized, address.Normalized);
    }

    [Theory]
    [InlineData("jo@xn--bcher-kva.example", "jo@bücher.example")]
    [InlineData("O\u2019Brien@example.org", "O'Brien@example.org")]
    [InlineData("Jo@XN--BCHER-KVA.example", "Jo@bücher.example")]
    [InlineData("Zoë@xn--fsqu00a.example", "Zoë@例子.example")]
    [InlineData("jo@bücher.example", "jo@bücher.example")]
    public void An_address_reads_as_its_people_write_it(string text, string shown)
    {
        Assert.True(EmailAddress.TryParse(text, out var address, out var problem), problem);
        Assert.Equal(shown, address.Address, ignoreCase: true);
    }

    [Fact]
    public void Mail_goes_to_the_address_as_it_was_given()
    {
        Assert.True(EmailAddress.TryParse(" Jo.Smith@Example.org ", out var address, out _));
        Assert.Equal("Jo.Smith@Example.org", address.Address);
    }

    [Theory]
    [InlineData(null, "Enter an e-mail address.")]
    [InlineData("   ", "Enter an e-mail address.")]
    [InlineData("jo", "not an e-mail address")]
    [InlineData("jo@", "not an e-mail address")]
    [InlineData("@example.org", "not an e-mail address")]
    [InlineData("jo@@example.org", "not an e-mail address")]
    [InlineData("jo smith@example.org", "not an e-mail address")]
    [InlineData("Jo <jo@example.org>", "not an e-mail address")]
    [InlineData("<jo@example.org>", "not an e-mail address")]
    [InlineData("jo(work)@example.org", "not an e-mail address")]
    [InlineData("a@example.org, b@example.org", "one e-mail address only")]
    [InlineData("a@example.org; b@example.org", "not an e-mail address")]
    [InlineData("jo@localhost", "domain")]
    [InlineData("jo@[127.0.0.1]", "domain")]
    [InlineData("jo@exam_ple.org", "domain")]
    [InlineData("jo@example.org\r\nBcc: all@example.org", "one line")]
    [InlineData("jo\u0000@example.org", "one line")]
    [InlineData("jo\u200b@example.org", "one line")]
    public void What_is_no_address_is_refused_in_plain_words(string? text, string says)
    {
        Assert.False(EmailAddress.TryParse(text, out var address, out var problem));
        Assert.Null(address);
        Assert.Contains(says, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_of_a_character_is_refused()
    {
        Assert.False(EmailAddress.TryParse("jo\ud800@example.org", out _, out var problem));
        Assert.NotEmpty(problem);
    }

    [Fact]
    public void A_very_long_address_is_refused()
    {
        Assert.False(EmailAddress.TryParse(new string('a', 310) + "@example.org", out _, out var whole));
        Assert.Contains("320", whole, StringComparison.Ordinal);
        Assert.False(EmailAddress.TryParse(new string('a', 65) + "@example.org", out _, out var local));
        Assert.Contains("before the @", local, StringComparison.Ordinal);
    }

    [Fact]
    public void It_prints_itself_masked()
    {
        Assert.True(EmailAddress.TryParse("jo@example.org", out var address, out _));
        Assert.Equal("j•••@example.org", $"{address}");
    }
}
