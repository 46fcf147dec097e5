using System.Security.Cryptography;
using CordisPulse.Core.Mail;
using FsCheck;
using FsCheck.Xunit;

namespace CordisPulse.Tests.Mail;

/// <summary>Masked addresses, and addresses that lead a bounce back.</summary>
public sealed class AddressTests
{
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);

    [Theory]
    [InlineData("jane.doe@example.org", "j•••@example.org")]
    [InlineData("j@example.org", "j•••@example.org")]
    [InlineData("😀x@example.org", "😀•••@example.org")]
    [InlineData("\"a@b\"@example.org", "\"•••@example.org")]
    [InlineData("@example.org", "•••")]
    [InlineData("nonsense", "•••")]
    [InlineData("", "•••")]
    public void A_masked_address_shows_its_first_letter_and_domain(string address, string masked) =>
        Assert.Equal(masked, AddressMask.Of(address));

    [Theory]
    [InlineData("550 <ann@x.example>: unknown", "550 <a•••@x.example>: unknown")]
    [InlineData("from ann@x.example, to bob+tag@y.example;", "from a•••@x.example, to b•••@y.example;")]
    [InlineData("""relay of "ann o'hara"@x.example denied""", """relay of "•••@x.example denied""")]
    [InlineData("recipient=o'hara@x.example.", "r•••@x.example.")]
    [InlineData("no address here, 5 @ 3", "no address here, 5 @ 3")]
    public void Every_address_in_a_text_is_masked(string text, string masked) => Assert.Equal(masked, AddressMask.In(text));

    [Theory]
    [InlineData(1)]
    [InlineData(123)]
    [InlineData(long.MaxValue)]
    public void A_bounce_leads_back_to_its_mail(long id)
    {
        var bounces = new BounceAddress("bounces@example.org", Key);
        Leads(bounces.ForDelivery(id), 'd', BouncedKind.Delivery);
        Leads(bounces.ForSingleMail(id), 'm', BouncedKind.SingleMail);

        void Leads(string address, char letter, BouncedKind kind)
        {
            Assert.Matches($"^bounces\\+{letter}{id}-[a-z2-7]{{8}}@example\\.org$", address);
            Assert.True(bounces.TryRead(address, out var read));
            Assert.Equal(new BouncedMail(kind, id), read);
            Assert.True(bounces.TryRead(address.ToUpperInvariant(), out read));
            Assert.Equal(new BouncedMail(kind, id), read);
        }
    }

    [Fact]
    public void An_address_that_we_did_not_make_leads_nowhere()
    {
        var bounces = new BounceAddress("bounces@example.org", Key);
        var made = bounces.ForDelivery(123);
        var strangers = new BounceAddress("bounces@example.org", RandomNumberGenerator.GetBytes(32)).ForDelivery(123);
        string[] wrong =
        [
            strangers, made.Replace("d123", "m123", StringComparison.Ordinal), made.Replace("d123", "x123", StringComparison.Ordinal), made.Replace("d123", "d124", StringComparison.Ordinal), made.Replace("example.org", "example.com", StringComparison.Ordinal),
            made.Replace("bounces", "others", StringComparison.Ordinal), "bounces@example.org", "bounces+d@example.org", "bounces+d-@example.org",
            "bounces+d123@example.org", "bounces+d123-@example.org", made.Replace("d123", "d+123", StringComparison.Ordinal),
            made.Replace("d123", "d99999999999999999999", StringComparison.Ordinal), "",
        ];
        Assert.All(wrong, address => Assert.False(bounces.TryRead(address, out _), address));
    }

    [Property]
    public void Whatever_a_bounce_is_addressed_to_reading_it_does_not_throw(NonNull<string> text)
    {
        var bounces = new BounceAddress("b@example.org", Key);
        Assert.False(bounces.TryRead($"b+d{text.Get}@example.org", out _));
        Assert.False(bounces.TryRead(text.Get, out _));
    }

    [Property]
    public void Whatever_an_address_is_masking_does_not_throw(NonNull<string> text)
    {
        _ = AddressMask.Of(text.Get);
        _ = AddressMask.In(text.Get);
    }
}
