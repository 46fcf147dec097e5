using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CordisPulse.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class LinkLooks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "LinkLooks",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    UrlSha256 = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Url = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    IsOfItem = table.Column<bool>(type: "INTEGER", nullable: false),
                    WantedUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    AskedUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Looks = table.Column<int>(type: "INTEGER", nullable: false),
                    NextLookUtc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    LookedUtc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    State = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    Problem = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    Unanswered = table.Column<int>(type: "INTEGER", nullable: false),
                    Titles = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    MovedTo = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LinkLooks", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_LinkLooks_NextLookUtc",
                table: "LinkLooks",
                column: "NextLookUtc");

            migrationBuilder.CreateIndex(
                name: "IX_LinkLooks_UrlSha256",
                table: "LinkLooks",
                column: "UrlSha256",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "LinkLooks");
        }
    }
}
