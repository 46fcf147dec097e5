using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CordisPulse.Migrations.Sqlite.Migrations
{
    /// <summary>The search finds O’Brien by O'Brien: whoever is written with such a sign gets a new text to be searched in, which the next start makes.</summary>
    public partial class TypedSigns : Migration
    {
        private const string Signs = "\u2018\u2019\u201B\u02BC\u02B9\u2032\u00B4\u0060\uFF07\u2010\u2011\u2012\u2013\u2014\u2212";

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
            => migrationBuilder.Sql($"UPDATE \"Subscribers\" SET \"SearchText\" = NULL WHERE \"Name\" GLOB '*[{Signs}]*' OR \"Organisation\" GLOB '*[{Signs}]*' OR \"Email\" GLOB '*[{Signs}]*'");

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
        }
    }
}
