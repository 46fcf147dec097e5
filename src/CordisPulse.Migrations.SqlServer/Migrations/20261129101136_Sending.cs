using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CordisPulse.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class Sending : Migration
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

            migrationBuilder.AlterColumn<int>(
                name: "PublishedEditionId",
                table: "Mailings",
                type: "int",
                nullable: true,
                oldClrType: typeof(int),
                oldType: "int");

            migrationBuilder.AddColumn<bool>(
                name: "ColleaguesFirst",
                table: "Mailings",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateTime>(
                name: "HeldUtc",
                table: "Mailings",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ScheduleNote",
                table: "Mailings",
                type: "nvarchar(1000)",
                maxLength: 1000,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "ScheduledForUtc",
                table: "Mailings",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ScheduledText",
                table: "Mailings",
                type: "nvarchar(64)",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "WaitUntilUtc",
                table: "Mailings",
                type: "datetime2",
                nullable: true);

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

            migrationBuilder.AddColumn<string>(
                name: "Fault",
                table: "Deliveries",
                type: "nvarchar(20)",
                maxLength: 20,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "FirstAttemptedUtc",
                table: "Deliveries",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "FollowsId",
                table: "Deliveries",
                type: "bigint",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Colleagues",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Email = table.Column<string>(type: "nvarchar(320)", maxLength: 320, nullable: false),
                    NormalizedEmail = table.Column<string>(type: "nvarchar(320)", maxLength: 320, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Colleagues", x => x.Id);
                });

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

            migrationBuilder.CreateTable(
                name: "SentTestMails",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    EditionId = table.Column<int>(type: "int", nullable: false),
                    SentUtc = table.Column<DateTime>(type: "datetime2", nullable: false),
                    SentById = table.Column<int>(type: "int", nullable: true),
                    Recipients = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SentTestMails", x => x.Id);
                    table.ForeignKey(
                        name: "FK_SentTestMails_Editions_EditionId",
                        column: x => x.EditionId,
                        principalTable: "Editions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_QueuedMails_SentUtc",
                table: "QueuedMails",
                column: "SentUtc");

            migrationBuilder.CreateIndex(
                name: "IX_Deliveries_FollowsId",
                table: "Deliveries",
                column: "FollowsId");

            migrationBuilder.CreateIndex(
                name: "IX_Colleagues_NormalizedEmail",
                table: "Colleagues",
                column: "NormalizedEmail",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_MailingCertificates_MailingId_EndedUtc",
                table: "MailingCertificates",
                columns: new[] { "MailingId", "EndedUtc" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_SentTestMails_EditionId_Id",
                table: "SentTestMails",
                columns: new[] { "EditionId", "Id" });

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
                name: "Colleagues");

            migrationBuilder.DropTable(
                name: "MailingCertificates");

            migrationBuilder.DropTable(
                name: "SentTestMails");

            migrationBuilder.DropIndex(
                name: "IX_QueuedMails_SentUtc",
                table: "QueuedMails");

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
                name: "ColleaguesFirst",
                table: "Mailings");

            migrationBuilder.DropColumn(
                name: "HeldUtc",
                table: "Mailings");

            migrationBuilder.DropColumn(
                name: "ScheduleNote",
                table: "Mailings");

            migrationBuilder.DropColumn(
                name: "ScheduledForUtc",
                table: "Mailings");

            migrationBuilder.DropColumn(
                name: "ScheduledText",
                table: "Mailings");

            migrationBuilder.DropColumn(
                name: "WaitUntilUtc",
                table: "Mailings");

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
                name: "Fault",
                table: "Deliveries");

            migrationBuilder.DropColumn(
                name: "FirstAttemptedUtc",
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

            migrationBuilder.AlterColumn<int>(
                name: "PublishedEditionId",
                table: "Mailings",
                type: "int",
                nullable: false,
                defaultValue: 0,
                oldClrType: typeof(int),
                oldType: "int",
                oldNullable: true);
        }
    }
}
