using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CordisPulse.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class IntakeAndDrafts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterColumn<int>(
                name: "EditionId",
                table: "EditionItems",
                type: "INTEGER",
                nullable: true,
                oldClrType: typeof(int),
                oldType: "INTEGER");

            migrationBuilder.AddColumn<DateTime>(
                name: "NotBeforeUtc",
                table: "EditionItems",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "IntakeEntries",
                columns: table => new
                {
                    ItemId = table.Column<int>(type: "INTEGER", nullable: false),
                    AddedUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    AddedById = table.Column<int>(type: "INTEGER", nullable: true),
                    Reading = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Problem = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    NextReadingUtc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Publisher = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    Description = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_IntakeEntries", x => x.ItemId);
                    table.ForeignKey(
                        name: "FK_IntakeEntries_AspNetUsers_AddedById",
                        column: x => x.AddedById,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "FK_IntakeEntries_EditionItems_ItemId",
                        column: x => x.ItemId,
                        principalTable: "EditionItems",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "TextDrafts",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    AccountId = table.Column<int>(type: "INTEGER", nullable: false),
                    EditionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    TextId = table.Column<int>(type: "INTEGER", nullable: false),
                    TextVersion = table.Column<int>(type: "INTEGER", nullable: false),
                    Fields = table.Column<string>(type: "TEXT", nullable: true),
                    SavedUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    SeenUtc = table.Column<DateTime>(type: "TEXT", nullable: false)
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
                name: "IX_IntakeEntries_AddedById",
                table: "IntakeEntries",
                column: "AddedById");

            migrationBuilder.CreateIndex(
                name: "IX_IntakeEntries_NextReadingUtc",
                table: "IntakeEntries",
                column: "NextReadingUtc");

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
                name: "IntakeEntries");

            migrationBuilder.DropTable(
                name: "TextDrafts");

            migrationBuilder.DropColumn(
                name: "NotBeforeUtc",
                table: "EditionItems");

            migrationBuilder.AlterColumn<int>(
                name: "EditionId",
                table: "EditionItems",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0,
                oldClrType: typeof(int),
                oldType: "INTEGER",
                oldNullable: true);
        }
    }
}
