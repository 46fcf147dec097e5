using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CordisPulse.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class Intake : Migration
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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "IntakeEntries");

            migrationBuilder.DropIndex(
                name: "IX_EditionItems_EditionId_Slug",
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
