using CordisPulse.Core.Subscriptions;

namespace CordisPulse.Tests.Subscriptions;

/// <summary>What staff and readers are told of an address that is right in form and perhaps not what was meant.</summary>
public sealed class AddressCareTests
{
    [Theory]
    [InlineData("jo@gmial.com", "jo@gmail.com")]
    [InlineData("Jo.Smith+x@GMAL.com", "Jo.Smith+x@gmail.com")]
    [InlineData("jo@gmail.con", "jo@gmail.com")]
    [InlineData("jo@gnail.cmo", "jo@gmail.com")]
    [InlineData("jo@gmail.co", "jo@gmail.com")]
    [InlineData("jo@hotmial.co.uk", "jo@hotmail.co.uk")]
    [InlineData("jo@htomal.com", "jo@hotmail.com")]
    [InlineData("jo@outlok.com", "jo@outlook.com")]
    [InlineData("jo@yahoo.couk", "jo@yahoo.co.uk")]
    [InlineData("jo@btinterent.com", "jo@btinternet.com")]
    [InlineData("jo@nsh.net", "jo@nhs.net")]
    [InlineData("jo@justice.gov.ku", "jo@justice.gov.uk")]
    [InlineData("jo@camden.gov.co.uk", "jo@camden.gov.uk")]
    [InlineData("jo@leeds.gvo.uk", "jo@leeds.gov.uk")]
    [InlineData("jo@bartshealth.nsh.uk", "jo@bartshealth.nhs.uk")]
    [InlineData("jo@met.polcie.uk", "jo@met.police.uk")]
    [InlineData("\"o b\"@gmial.com", "\"o b\"@gmail.com")]
    public void A_misspelt_domain_is_offered_as_it_was_probably_meant(string typed, string meant) => Assert.Equal(meant, MisspeltDomains.Suggest(Parse(typed)));

    [Theory]
    [InlineData("jo@gmail.com")]
    [InlineData("jo@mail.com")]
    [InlineData("jo@hotmail.ca")]
    [InlineData("jo@yahoo.fr")]
    [InlineData("jo@aon.com")]
    [InlineData("jo@nhs.uk")]
    [InlineData("jo@sussex.nhs.uk")]
    [InlineData("jo@leeds.gov.uk")]
    [InlineData("jo@example.org")]
    [InlineData("jo@ons.gov.uk")]
    [InlineData("jo@bücher.example")]
    [InlineData("gmial.com@example.org")]
    public void A_domain_that_may_well_be_meant_is_left_alone(string typed) => Assert.Null(MisspeltDomains.Suggest(Parse(typed)));

    [Theory]
    [InlineData("jo@p\u0430ypal.example", "domain mixes")]
    [InlineData("jo@xn--pypal-4ve.example", "domain mixes")]
    [InlineData("j\u043e@example.org", "before the @")]
    [InlineData("jo@\u0430\u0440\u0440\u04cf\u0435.example", "looks like Latin")]
    [InlineData("\uFF4A\uFF4F@example.org", "wide letters")]
    [InlineData("jo@\uFF45xample.org", "wide letters")]
    public void Letters_that_look_like_others_are_told(string typed, string says)
        => Assert.Contains(says, LookAlikes.Warning(Parse(typed)), StringComparison.Ordinal);

    [Theory]
    [InlineData("jo@example.org")]
    [InlineData("zoë@bücher.example")]
    [InlineData("o\u2019brien@example.org")]
    [InlineData("o\uFF07brien@example.org")]
    [InlineData("пример@пример.example")]
    [InlineData("例え2b@例え.example")]
    [InlineData("δοκιμή@παράδειγμα.example")]
    public void An_address_in_one_script_is_left_alone(string typed) => Assert.Null(LookAlikes.Warning(Parse(typed)));

    [Theory]
    [InlineData("jo@gmial.com", "jo@gmail.com", "slip of the pen")]
    [InlineData("\uFF4A\uFF4F@gmial.com", "jo@gmail.com", "wide letters")]
    [InlineData("jo@\uFF45xample.org", "jo@example.org", "wide letters")]
    [InlineData("j\u043e@example.org", null, "before the @")]
    public void Whoever_typed_it_is_asked_and_offered_what_was_meant(string typed, string? meant, string says)
    {
        var doubt = AddressDoubt.Of(Parse(typed))!;
        Assert.Equal(meant, doubt.Meant);
        Assert.StartsWith("Is the address right? ", doubt.Words, StringComparison.Ordinal);
        Assert.Contains(says, doubt.Words, StringComparison.Ordinal);
    }

    private static EmailAddress Parse(string text)
    {
        Assert.True(EmailAddress.TryParse(text, out var address, out var problem), problem);
        return address;
    }
}
