using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CordisPulse.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class DomainNoticesOnce : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Of the same notice twice, the first stays.
            migrationBuilder.Sql("DELETE FROM \"DomainNotices\" WHERE \"Id\" NOT IN (SELECT MIN(\"Id\") FROM \"DomainNotices\" GROUP BY \"Domain\", \"Event\", \"FirstUtc\")");

            migrationBuilder.CreateIndex(
                name: "IX_DomainNotices_Domain_Event_FirstUtc",
                table: "DomainNotices",
                columns: new[] { "Domain", "Event", "FirstUtc" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_DomainNotices_Domain_Event_FirstUtc",
                table: "DomainNotices");
        }
    }
}
