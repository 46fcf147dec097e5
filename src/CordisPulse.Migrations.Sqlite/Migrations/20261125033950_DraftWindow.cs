using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CordisPulse.Migrations.Sqlite.Migrations
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
                type: "TEXT",
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
