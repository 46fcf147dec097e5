using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CordisPulse.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class PublishedLinks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "Links",
                table: "ContentVersions",
                type: "TEXT",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"));

            migrationBuilder.CreateTable(
                name: "PublishedLinks",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    UrlSha256 = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Url = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    Host = table.Column<string>(type: "TEXT", maxLength: 260, nullable: false),
                    Looks = table.Column<int>(type: "INTEGER", nullable: false),
                    NextLookUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    LookedUtc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    State = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    Problem = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    LastAnsweredUtc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Failures = table.Column<int>(type: "INTEGER", nullable: false),
                    FailingSinceUtc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    GoneUtc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    IsMarked = table.Column<bool>(type: "INTEGER", nullable: false),
                    MovedTo = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    LeftUtc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    LeftById = table.Column<int>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PublishedLinks", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PublishedLinkPlaces",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    LinkId = table.Column<long>(type: "INTEGER", nullable: false),
                    PublishedEditionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Month = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    PublishedOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Place = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    TextId = table.Column<int>(type: "INTEGER", nullable: false),
                    IsWithin = table.Column<bool>(type: "INTEGER", nullable: false),
                    Title = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PublishedLinkPlaces", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PublishedLinkPlaces_PublishedEditions_PublishedEditionId",
                        column: x => x.PublishedEditionId,
                        principalTable: "PublishedEditions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_PublishedLinkPlaces_PublishedLinks_LinkId",
                        column: x => x.LinkId,
                        principalTable: "PublishedLinks",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.UpdateData(
                table: "ContentVersions",
                keyColumn: "Id",
                keyValue: 1,
                column: "Links",
                value: new Guid("00000000-0000-0000-0000-000000000000"));

            migrationBuilder.CreateIndex(
                name: "IX_PublishedLinkPlaces_LinkId",
                table: "PublishedLinkPlaces",
                column: "LinkId");

            migrationBuilder.CreateIndex(
                name: "IX_PublishedLinkPlaces_PublishedEditionId_LinkId_Place_TextId_IsWithin",
                table: "PublishedLinkPlaces",
                columns: new[] { "PublishedEditionId", "LinkId", "Place", "TextId", "IsWithin" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PublishedLinks_GoneUtc_Id",
                table: "PublishedLinks",
                columns: new[] { "GoneUtc", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_PublishedLinks_Host_LookedUtc",
                table: "PublishedLinks",
                columns: new[] { "Host", "LookedUtc" });

            migrationBuilder.CreateIndex(
                name: "IX_PublishedLinks_LookedUtc",
                table: "PublishedLinks",
                column: "LookedUtc");

            migrationBuilder.CreateIndex(
                name: "IX_PublishedLinks_NextLookUtc",
                table: "PublishedLinks",
                column: "NextLookUtc");

            migrationBuilder.CreateIndex(
                name: "IX_PublishedLinks_UrlSha256",
                table: "PublishedLinks",
                column: "UrlSha256",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "PublishedLinkPlaces");

            migrationBuilder.DropTable(
                name: "PublishedLinks");

            migrationBuilder.DropColumn(
                name: "Links",
                table: "ContentVersions");
        }
    }
}
