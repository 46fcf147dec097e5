using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CordisPulse.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class IntakeAndDrafts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_EditionItems_EditionId_Slug",
                table: "EditionItems");

            migrationBuilder.AlterColumn<int>(
                name: "EditionId",
                table: "EditionItems",
                type: "int",
                nullable: true,
                oldClrType: typeof(int),
                oldType: "int");

            migrationBuilder.AddColumn<DateTime>(
                name: "NotBeforeUtc",
                table: "EditionItems",
                type: "datetime2",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "IntakeEntries",
                columns: table => new
                {
                    ItemId = table.Column<int>(type: "int", nullable: false),
                    AddedUtc = table.Column<DateTime>(type: "datetime2", nullable: false),
                    AddedById = table.Column<int>(type: "int", nullable: true),
                    Reading = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false),
                    Problem = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true),
                    Attempts = table.Column<int>(type: "int", nullable: false),
                    NextReadingUtc = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Publisher = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: true),
                    Description = table.Column<string>(type: "nvarchar(max)", nullable: true)
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
                name: "IX_EditionItems_EditionId_Slug",
                table: "EditionItems",
                columns: new[] { "EditionId", "Slug" },
                unique: true,
                filter: "[EditionId] IS NOT NULL");

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

            migrationBuilder.DropIndex(
                name: "IX_EditionItems_EditionId_Slug",
                table: "EditionItems");

            migrationBuilder.DropColumn(
                name: "NotBeforeUtc",
                table: "EditionItems");

            migrationBuilder.AlterColumn<int>(
                name: "EditionId",
                table: "EditionItems",
                type: "int",
                nullable: false,
                defaultValue: 0,
                oldClrType: typeof(int),
                oldType: "int",
                oldNullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_EditionItems_EditionId_Slug",
                table: "EditionItems",
                columns: new[] { "EditionId", "Slug" },
                unique: true);
        }
    }
}
