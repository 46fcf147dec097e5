using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CordisPulse.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class AddressesByCharacter : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "IsOpen",
                table: "PermissionRounds",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.Sql("UPDATE \"PermissionRounds\" SET \"IsOpen\" = 1 WHERE \"SettledUtc\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_PermissionRounds_IsOpen",
                table: "PermissionRounds",
                column: "IsOpen",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_PermissionRounds_IsOpen",
                table: "PermissionRounds");

            migrationBuilder.DropColumn(
                name: "IsOpen",
                table: "PermissionRounds");
        }
    }
}
