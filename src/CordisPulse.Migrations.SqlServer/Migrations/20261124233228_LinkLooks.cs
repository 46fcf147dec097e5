using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CordisPulse.Migrations.SqlServer.Migrations
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
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    UrlSha256 = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    Url = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: false),
                    IsOfItem = table.Column<bool>(type: "bit", nullable: false),
                    WantedUtc = table.Column<DateTime>(type: "datetime2", nullable: false),
                    AskedUtc = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Looks = table.Column<int>(type: "int", nullable: false),
                    NextLookUtc = table.Column<DateTime>(type: "datetime2", nullable: true),
                    LookedUtc = table.Column<DateTime>(type: "datetime2", nullable: true),
                    State = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: true),
                    Problem = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true),
                    Unanswered = table.Column<int>(type: "int", nullable: false),
                    Titles = table.Column<string>(type: "nvarchar(4000)", maxLength: 4000, nullable: true),
                    MovedTo = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: true)
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
