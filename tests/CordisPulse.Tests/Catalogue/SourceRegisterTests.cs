using CordisPulse.Core.Catalogue;

namespace CordisPulse.Tests.Catalogue;

public sealed class SourceRegisterTests
{
    private static readonly Source[] Sources =
    [
        new() { Name = "Example Trust", Slug = "example-trust", OtherNames = ["The ET"], Domains = ["example.org"] },
        new() { Name = "Example Data", Slug = "example-data", Domains = ["data.example.org"] },
        new() { Name = "The Miller's Fund", Slug = "the-millers-fund" },
        new() { Name = "One of two", Slug = "one-of-two", Domains = ["shared.example.com"] },
        new() { Name = "Two of two", Slug = "two-of-two", Domains = ["shared.example.com"] },
    ];

    [Theory]
    [InlineData("https://www.example.org/report", null, "Example Trust")]
    [InlineData("https://www.reports.example.org/report", null, "Example Trust")]
    [InlineData("https://data.example.org/report", null, "Example Data")]
    [InlineData("https://notexample.org/report", null, null)]
    [InlineData("https://shared.example.com/report", null, null)]
    [InlineData("https://shared.example.com/report", "the et", "Example Trust")]
    [InlineData("https://elsewhere.example.com/report", "Example  TRUST", "Example Trust")]
    [InlineData("no link", null, null)]
    [InlineData("no link", "Millers Fund", "The Miller's Fund")]
    [InlineData("no link", "MILLER’S-FUND, the", null)]
    [InlineData("no link", "Millers' fund.", "The Miller's Fund")]
    [InlineData("no link", "The Example-Trust", "Example Trust")]
    [InlineData("no link", "ExampleTrust", "Example Trust")]
    [InlineData("no link", "The", null)]
    public void A_source_is_known_by_its_names_and_by_its_domain_or_one_above(string url, string? publisher, string? expected)
        => Assert.Equal(expected, SourceRegister.Find(Sources, url, publisher)?.Name);
}
