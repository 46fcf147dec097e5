using CordisPulse.Core.Citations;

namespace CordisPulse.Tests.Citations;

public sealed class CitedNameTests
{
    [Theory]
    [InlineData("Jane Smith", "Smith, Jane", "Smith, J.")]
    [InlineData("Jane K. Smith-Jones", "Smith-Jones, Jane K.", "Smith-Jones, J.K.")]
    [InlineData("Smith, Jane", "Smith, Jane", "Smith, J.")]
    [InlineData("Jane Smith, PhD", "Smith, Jane", "Smith, J.")]
    [InlineData("Dr Seán O’Neill", "O’Neill, Seán", "O’Neill, S.")]
    [InlineData("Ludwig van der Berg", "van der Berg, Ludwig", "van der Berg, L.")]
    [InlineData("J. McDonald", "McDonald, J.", "McDonald, J.")]
    [InlineData("Élodie Ångström", "Ångström, Élodie", "Ångström, É.")]
    [InlineData("Department for Levelling Up, Housing and Communities", null, null)]
    [InlineData("Joseph Rowntree Foundation", null, null)]
    [InlineData("Barnardo's", null, null)]
    [InlineData("Age UK", null, null)]
    [InlineData("Cordis Bright", null, null)]
    [InlineData("the authors", null, null)]
    [InlineData("", null, null)]
    public void A_person_is_told_from_an_organisation_only_where_the_name_shows_it(string name, string? sorted, string? shortened)
    {
        var cited = CitedName.Of(name, source: "Cordis Bright");

        Assert.Equal((sorted ?? name, shortened ?? name, sorted is null), (cited.Sorted, cited.Shortened, cited.Family is null));
    }
}
