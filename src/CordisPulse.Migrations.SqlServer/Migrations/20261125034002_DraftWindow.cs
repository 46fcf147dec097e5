using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CordisPulse.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class DraftWindow : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Window",
                table: "TextDrafts",
                type: "nvarchar(40)",
                maxLength: 40,
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Window",
                table: "TextDrafts");
        }
    }
}
