using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CordisPulse.Migrations.SqlServer.Migrations
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
                type: "nvarchar(1000)",
                maxLength: 1000,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AlterColumn<string>(
                name: "Sectors",
                table: "MailingVariants",
                type: "nvarchar(4000)",
                maxLength: 4000,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "nvarchar(1000)",
                oldMaxLength: 1000);

            migrationBuilder.AddColumn<string>(
                name: "Wish",
                table: "MailingVariants",
                type: "nvarchar(1000)",
                maxLength: 1000,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Decided",
                table: "Deliveries",
                type: "nvarchar(20)",
                maxLength: 20,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "DecidedById",
                table: "Deliveries",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "DecidedUtc",
                table: "Deliveries",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "FollowsId",
                table: "Deliveries",
                type: "bigint",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "MailingCertificates",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    MailingId = table.Column<int>(type: "int", nullable: false),
                    EndedUtc = table.Column<DateTime>(type: "datetime2", nullable: false),
                    MadeUtc = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Content = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Sha256 = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false)
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

            migrationBuilder.AlterColumn<string>(
                name: "Sectors",
                table: "MailingVariants",
                type: "nvarchar(1000)",
                maxLength: 1000,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "nvarchar(4000)",
                oldMaxLength: 4000);
        }
    }
}
