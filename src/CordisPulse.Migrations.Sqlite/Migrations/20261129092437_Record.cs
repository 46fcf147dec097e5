using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CordisPulse.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Record : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Sectors",
                table: "Subscribers",
                type: "TEXT",
                maxLength: 1000,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Wish",
                table: "MailingVariants",
                type: "TEXT",
                maxLength: 1000,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Decided",
                table: "Deliveries",
                type: "TEXT",
                maxLength: 20,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "DecidedById",
                table: "Deliveries",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "DecidedUtc",
                table: "Deliveries",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "FollowsId",
                table: "Deliveries",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "MailingCertificates",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    MailingId = table.Column<int>(type: "INTEGER", nullable: false),
                    EndedUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    MadeUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Content = table.Column<string>(type: "TEXT", nullable: false),
                    Sha256 = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MailingCertificates", x => x.Id);
                    table.ForeignKey(
                        name: "FK_MailingCertificates_Mailings_MailingId",
                        column: x => x.MailingId,
                        principalTable: "Mailings",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Deliveries_FollowsId",
                table: "Deliveries",
                column: "FollowsId");

            migrationBuilder.CreateIndex(
                name: "IX_MailingCertificates_MailingId_EndedUtc",
                table: "MailingCertificates",
                columns: new[] { "MailingId", "EndedUtc" },
                unique: true);

            migrationBuilder.AddForeignKey(
                name: "FK_Deliveries_Deliveries_FollowsId",
                table: "Deliveries",
                column: "FollowsId",
                principalTable: "Deliveries",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_Deliveries_Deliveries_FollowsId",
                table: "Deliveries");

            migrationBuilder.DropTable(
                name: "MailingCertificates");

            migrationBuilder.DropIndex(
                name: "IX_Deliveries_FollowsId",
                table: "Deliveries");

            migrationBuilder.DropColumn(
                name: "Sectors",
                table: "Subscribers");

            migrationBuilder.DropColumn(
                name: "Wish",
                table: "MailingVariants");

            migrationBuilder.DropColumn(
                name: "Decided",
                table: "Deliveries");

            migrationBuilder.DropColumn(
                name: "DecidedById",
                table: "Deliveries");

            migrationBuilder.DropColumn(
                name: "DecidedUtc",
                table: "Deliveries");

            migrationBuilder.DropColumn(
                name: "FollowsId",
                table: "Deliveries");
        }
    }
}
