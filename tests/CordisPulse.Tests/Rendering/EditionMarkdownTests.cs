using CordisPulse.Core.Rendering;

namespace CordisPulse.Tests.Rendering;

public sealed class EditionMarkdownTests
{
    [Fact]
    public void An_edition_reads_as_markdown()
        => Assert.Equal(
            """
            # March 2022

            Hello. See [the report](#a-report).

            **Ada Example**
            Head of Examples

            ## Example House News

            ### [We are moving](https://www.example.org/moving)

            To a *house*.

            ## Criminal Justice

            ### Reports

            #### Society \*for\* Care. [A report: \[part\] 2](<https://www.example.org/a_(b)>)

            *Authors: A. Writer; B. Other. Published: 2022-02. DOI: 10.1234/x*

            ##### First heading

            - one line that goes on and on until it no longer fits in a line of seventy-two columns
              1. nested

            - two

            > quoted

            #### [Nobody knows](#)

            Words &amp; more.

            """,
            EditionMarkdown.Write(SmallEdition.Document, "Example House"));

    [Theory]
    [InlineData("# One\n\n### Three\n\ntext", "##### One\n\n###### Three\n\ntext")]
    [InlineData("Underlined\n==========\n\ntext", "##### Underlined\n\ntext")]
    [InlineData("```\n# no heading\n```", "```\n# no heading\n```")]
    [InlineData("Two\nlines\n---", "##### Two lines")]
    public void Headings_in_a_text_stand_below_the_items(string summary, string written)
    {
        var edition = SmallEdition.Document with { Introduction = summary };

        Assert.Contains($"# March 2022\n\n{written}\n\n**Ada", EditionMarkdown.Write(edition, "Example House"), StringComparison.Ordinal);
    }
}
