using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CordisPulse.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class TextDrafts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "TextDrafts",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    AccountId = table.Column<int>(type: "int", nullable: false),
                    EditionId = table.Column<int>(type: "int", nullable: false),
                    Text = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false),
                    TextId = table.Column<int>(type: "int", nullable: false),
                    TextVersion = table.Column<int>(type: "int", nullable: false),
                    Fields = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    SavedUtc = table.Column<DateTime>(type: "datetime2", nullable: false),
                    SeenUtc = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TextDrafts", x => x.Id);
                    table.ForeignKey(
                        name: "FK_TextDrafts_AspNetUsers_AccountId",
                        column: x => x.AccountId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_TextDrafts_Editions_EditionId",
                        column: x => x.EditionId,
                        principalTable: "Editions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_TextDrafts_AccountId_EditionId_Text_TextId",
                table: "TextDrafts",
                columns: new[] { "AccountId", "EditionId", "Text", "TextId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_TextDrafts_EditionId",
                table: "TextDrafts",
                column: "EditionId");

            migrationBuilder.CreateIndex(
                name: "IX_TextDrafts_SeenUtc",
                table: "TextDrafts",
                column: "SeenUtc");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "TextDrafts");
        }
    }
}
