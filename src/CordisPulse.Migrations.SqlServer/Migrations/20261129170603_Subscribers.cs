using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CordisPulse.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class Subscribers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Suppressions_NormalizedEmail",
                table: "Suppressions");

            migrationBuilder.DropIndex(
                name: "IX_Subscribers_NormalizedEmail",
                table: "Subscribers");

            migrationBuilder.AlterColumn<string>(
                name: "NormalizedEmail",
                table: "Suppressions",
                type: "nvarchar(320)",
                maxLength: 320,
                nullable: true,
                oldClrType: typeof(string),
                oldType: "nvarchar(320)",
                oldMaxLength: 320);

            migrationBuilder.AddColumn<string>(
                name: "EmailHash",
                table: "Suppressions",
                type: "nvarchar(64)",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AlterColumn<string>(
                name: "Sectors",
                table: "Subscribers",
                type: "nvarchar(800)",
                maxLength: 800,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "nvarchar(1000)",
                oldMaxLength: 1000);

            migrationBuilder.AlterColumn<string>(
                name: "NormalizedEmail",
                table: "Subscribers",
                type: "nvarchar(320)",
                maxLength: 320,
                nullable: true,
                oldClrType: typeof(string),
                oldType: "nvarchar(320)",
                oldMaxLength: 320);

            migrationBuilder.AlterColumn<string>(
                name: "Email",
                table: "Subscribers",
                type: "nvarchar(320)",
                maxLength: 320,
                nullable: true,
                oldClrType: typeof(string),
                oldType: "nvarchar(320)",
                oldMaxLength: 320);

            migrationBuilder.AddColumn<int>(
                name: "BasisId",
                table: "Subscribers",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Domain",
                table: "Subscribers",
                type: "nvarchar(255)",
                maxLength: 255,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "ErasedUtc",
                table: "Subscribers",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "MergedIntoId",
                table: "Subscribers",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "NoticeBasisId",
                table: "Subscribers",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "PausedUntilUtc",
                table: "Subscribers",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SearchText",
                table: "Subscribers",
                type: "nvarchar(800)",
                maxLength: 800,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "RequestId",
                table: "OneTimeTokens",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "BasisId",
                table: "MailingVariants",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "BasisId",
                table: "ConsentRecords",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Network",
                table: "ConsentRecords",
                type: "nvarchar(45)",
                maxLength: 45,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "PrivacyTextId",
                table: "ConsentRecords",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "SecondsSinceMail",
                table: "ConsentRecords",
                type: "int",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "AuditEntries",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    AtUtc = table.Column<DateTime>(type: "datetime2", nullable: false),
                    AccountId = table.Column<int>(type: "int", nullable: true),
                    Act = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    SubscriberId = table.Column<int>(type: "int", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AuditEntries", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ConsentBases",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Ground = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false),
                    ObtainedFrom = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false),
                    ObtainedOn = table.Column<DateOnly>(type: "date", nullable: true),
                    Told = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true),
                    Assessment = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true),
                    StatedUtc = table.Column<DateTime>(type: "datetime2", nullable: false),
                    StatedById = table.Column<int>(type: "int", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ConsentBases", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "DomainNotices",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Domain = table.Column<string>(type: "nvarchar(255)", maxLength: 255, nullable: false),
                    Event = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false),
                    FirstUtc = table.Column<DateTime>(type: "datetime2", nullable: false),
                    LastUtc = table.Column<DateTime>(type: "datetime2", nullable: false),
                    People = table.Column<int>(type: "int", nullable: false),
                    SeenUtc = table.Column<DateTime>(type: "datetime2", nullable: true),
                    SeenById = table.Column<int>(type: "int", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DomainNotices", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PermissionRounds",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    AskedUtc = table.Column<DateTime>(type: "datetime2", nullable: false),
                    AskedById = table.Column<int>(type: "int", nullable: true),
                    AgreedBeforeUtc = table.Column<DateTime>(type: "datetime2", nullable: false),
                    AnswerByUtc = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Silence = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false),
                    SettledUtc = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Asked = table.Column<int>(type: "int", nullable: false),
                    Left = table.Column<int>(type: "int", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PermissionRounds", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PrivacyTexts",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Sha256 = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    Title = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: false),
                    Body = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    SinceUtc = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PrivacyTexts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "RetentionReports",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Day = table.Column<DateOnly>(type: "date", nullable: false),
                    AtUtc = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Unconfirmed = table.Column<int>(type: "int", nullable: false),
                    Left = table.Column<int>(type: "int", nullable: false),
                    Networks = table.Column<int>(type: "int", nullable: false),
                    Deliveries = table.Column<int>(type: "int", nullable: false),
                    Requests = table.Column<int>(type: "int", nullable: false),
                    Reads = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RetentionReports", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "AddressRequests",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Kind = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false),
                    Email = table.Column<string>(type: "nvarchar(320)", maxLength: 320, nullable: false),
                    NormalizedEmail = table.Column<string>(type: "nvarchar(320)", maxLength: 320, nullable: false),
                    Name = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: true),
                    Organisation = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: true),
                    Sectors = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false),
                    SubscriberId = table.Column<int>(type: "int", nullable: true),
                    AskedUtc = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Network = table.Column<string>(type: "nvarchar(45)", maxLength: 45, nullable: true),
                    PrivacyTextId = table.Column<int>(type: "int", nullable: true),
                    SettledUtc = table.Column<DateTime>(type: "datetime2", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AddressRequests", x => x.Id);
                    table.ForeignKey(
                        name: "FK_AddressRequests_PrivacyTexts_PrivacyTextId",
                        column: x => x.PrivacyTextId,
                        principalTable: "PrivacyTexts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_AddressRequests_Subscribers_SubscriberId",
                        column: x => x.SubscriberId,
                        principalTable: "Subscribers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Suppressions_EmailHash",
                table: "Suppressions",
                column: "EmailHash",
                unique: true,
                filter: "[EmailHash] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Suppressions_NormalizedEmail",
                table: "Suppressions",
                column: "NormalizedEmail",
                unique: true,
                filter: "[NormalizedEmail] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Subscribers_BasisId",
                table: "Subscribers",
                column: "BasisId");

            migrationBuilder.CreateIndex(
                name: "IX_Subscribers_Domain_Status",
                table: "Subscribers",
                columns: new[] { "Domain", "Status" });

            migrationBuilder.CreateIndex(
                name: "IX_Subscribers_MergedIntoId",
                table: "Subscribers",
                column: "MergedIntoId");

            migrationBuilder.CreateIndex(
                name: "IX_Subscribers_NormalizedEmail",
                table: "Subscribers",
                column: "NormalizedEmail",
                unique: true,
                filter: "[NormalizedEmail] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Subscribers_NoticeBasisId",
                table: "Subscribers",
                column: "NoticeBasisId");

            migrationBuilder.CreateIndex(
                name: "IX_Subscribers_Organisation_Status",
                table: "Subscribers",
                columns: new[] { "Organisation", "Status" });

            migrationBuilder.CreateIndex(
                name: "IX_Subscribers_PausedUntilUtc",
                table: "Subscribers",
                column: "PausedUntilUtc");

            migrationBuilder.CreateIndex(
                name: "IX_Subscribers_SearchText",
                table: "Subscribers",
                column: "SearchText");

            migrationBuilder.CreateIndex(
                name: "IX_Subscribers_Status_Sectors",
                table: "Subscribers",
                columns: new[] { "Status", "Sectors" });

            migrationBuilder.CreateIndex(
                name: "IX_OneTimeTokens_RequestId",
                table: "OneTimeTokens",
                column: "RequestId");

            migrationBuilder.CreateIndex(
                name: "IX_MailingVariants_BasisId",
                table: "MailingVariants",
                column: "BasisId");

            migrationBuilder.CreateIndex(
                name: "IX_ConsentRecords_BasisId",
                table: "ConsentRecords",
                column: "BasisId");

            migrationBuilder.CreateIndex(
                name: "IX_ConsentRecords_Event_AtUtc_SubscriberId",
                table: "ConsentRecords",
                columns: new[] { "Event", "AtUtc", "SubscriberId" });

            migrationBuilder.CreateIndex(
                name: "IX_ConsentRecords_PrivacyTextId",
                table: "ConsentRecords",
                column: "PrivacyTextId");

            migrationBuilder.CreateIndex(
                name: "IX_AddressRequests_NormalizedEmail",
                table: "AddressRequests",
                column: "NormalizedEmail");

            migrationBuilder.CreateIndex(
                name: "IX_AddressRequests_PrivacyTextId",
                table: "AddressRequests",
                column: "PrivacyTextId");

            migrationBuilder.CreateIndex(
                name: "IX_AddressRequests_SettledUtc_Id",
                table: "AddressRequests",
                columns: new[] { "SettledUtc", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_AddressRequests_SubscriberId",
                table: "AddressRequests",
                column: "SubscriberId");

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_AtUtc",
                table: "AuditEntries",
                column: "AtUtc");

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_SubscriberId_Id",
                table: "AuditEntries",
                columns: new[] { "SubscriberId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_DomainNotices_Domain_LastUtc",
                table: "DomainNotices",
                columns: new[] { "Domain", "LastUtc" });

            migrationBuilder.CreateIndex(
                name: "IX_PrivacyTexts_Sha256",
                table: "PrivacyTexts",
                column: "Sha256",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_RetentionReports_Day",
                table: "RetentionReports",
                column: "Day",
                unique: true);

            migrationBuilder.AddForeignKey(
                name: "FK_ConsentRecords_ConsentBases_BasisId",
                table: "ConsentRecords",
                column: "BasisId",
                principalTable: "ConsentBases",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "FK_ConsentRecords_PrivacyTexts_PrivacyTextId",
                table: "ConsentRecords",
                column: "PrivacyTextId",
                principalTable: "PrivacyTexts",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "FK_MailingVariants_ConsentBases_BasisId",
                table: "MailingVariants",
                column: "BasisId",
                principalTable: "ConsentBases",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "FK_OneTimeTokens_AddressRequests_RequestId",
                table: "OneTimeTokens",
                column: "RequestId",
                principalTable: "AddressRequests",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "FK_Subscribers_ConsentBases_BasisId",
                table: "Subscribers",
                column: "BasisId",
                principalTable: "ConsentBases",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "FK_Subscribers_ConsentBases_NoticeBasisId",
                table: "Subscribers",
                column: "NoticeBasisId",
                principalTable: "ConsentBases",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "FK_Subscribers_Subscribers_MergedIntoId",
                table: "Subscribers",
                column: "MergedIntoId",
                principalTable: "Subscribers",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_ConsentRecords_ConsentBases_BasisId",
                table: "ConsentRecords");

            migrationBuilder.DropForeignKey(
                name: "FK_ConsentRecords_PrivacyTexts_PrivacyTextId",
                table: "ConsentRecords");

            migrationBuilder.DropForeignKey(
                name: "FK_MailingVariants_ConsentBases_BasisId",
                table: "MailingVariants");

            migrationBuilder.DropForeignKey(
                name: "FK_OneTimeTokens_AddressRequests_RequestId",
                table: "OneTimeTokens");

            migrationBuilder.DropForeignKey(
                name: "FK_Subscribers_ConsentBases_BasisId",
                table: "Subscribers");

            migrationBuilder.DropForeignKey(
                name: "FK_Subscribers_ConsentBases_NoticeBasisId",
                table: "Subscribers");

            migrationBuilder.DropForeignKey(
                name: "FK_Subscribers_Subscribers_MergedIntoId",
                table: "Subscribers");

            migrationBuilder.DropTable(
                name: "AddressRequests");

            migrationBuilder.DropTable(
                name: "AuditEntries");

            migrationBuilder.DropTable(
                name: "ConsentBases");

            migrationBuilder.DropTable(
                name: "DomainNotices");

            migrationBuilder.DropTable(
                name: "PermissionRounds");

            migrationBuilder.DropTable(
                name: "RetentionReports");

            migrationBuilder.DropTable(
                name: "PrivacyTexts");

            migrationBuilder.DropIndex(
                name: "IX_Suppressions_EmailHash",
                table: "Suppressions");

            migrationBuilder.DropIndex(
                name: "IX_Suppressions_NormalizedEmail",
                table: "Suppressions");

            migrationBuilder.DropIndex(
                name: "IX_Subscribers_BasisId",
                table: "Subscribers");

            migrationBuilder.DropIndex(
                name: "IX_Subscribers_Domain_Status",
                table: "Subscribers");

            migrationBuilder.DropIndex(
                name: "IX_Subscribers_MergedIntoId",
                table: "Subscribers");

            migrationBuilder.DropIndex(
                name: "IX_Subscribers_NormalizedEmail",
                table: "Subscribers");

            migrationBuilder.DropIndex(
                name: "IX_Subscribers_NoticeBasisId",
                table: "Subscribers");

            migrationBuilder.DropIndex(
                name: "IX_Subscribers_Organisation_Status",
                table: "Subscribers");

            migrationBuilder.DropIndex(
                name: "IX_Subscribers_PausedUntilUtc",
                table: "Subscribers");

            migrationBuilder.DropIndex(
                name: "IX_Subscribers_SearchText",
                table: "Subscribers");

            migrationBuilder.DropIndex(
                name: "IX_Subscribers_Status_Sectors",
                table: "Subscribers");

            migrationBuilder.DropIndex(
                name: "IX_OneTimeTokens_RequestId",
                table: "OneTimeTokens");

            migrationBuilder.DropIndex(
                name: "IX_MailingVariants_BasisId",
                table: "MailingVariants");

            migrationBuilder.DropIndex(
                name: "IX_ConsentRecords_BasisId",
                table: "ConsentRecords");

            migrationBuilder.DropIndex(
                name: "IX_ConsentRecords_Event_AtUtc_SubscriberId",
                table: "ConsentRecords");

            migrationBuilder.DropIndex(
                name: "IX_ConsentRecords_PrivacyTextId",
                table: "ConsentRecords");

            migrationBuilder.DropColumn(
                name: "EmailHash",
                table: "Suppressions");

            migrationBuilder.DropColumn(
                name: "BasisId",
                table: "Subscribers");

            migrationBuilder.DropColumn(
                name: "Domain",
                table: "Subscribers");

            migrationBuilder.DropColumn(
                name: "ErasedUtc",
                table: "Subscribers");

            migrationBuilder.DropColumn(
                name: "MergedIntoId",
                table: "Subscribers");

            migrationBuilder.DropColumn(
                name: "NoticeBasisId",
                table: "Subscribers");

            migrationBuilder.DropColumn(
                name: "PausedUntilUtc",
                table: "Subscribers");

            migrationBuilder.DropColumn(
                name: "SearchText",
                table: "Subscribers");

            migrationBuilder.DropColumn(
                name: "RequestId",
                table: "OneTimeTokens");

            migrationBuilder.DropColumn(
                name: "BasisId",
                table: "MailingVariants");

            migrationBuilder.DropColumn(
                name: "BasisId",
                table: "ConsentRecords");

            migrationBuilder.DropColumn(
                name: "Network",
                table: "ConsentRecords");

            migrationBuilder.DropColumn(
                name: "PrivacyTextId",
                table: "ConsentRecords");

            migrationBuilder.DropColumn(
                name: "SecondsSinceMail",
                table: "ConsentRecords");

            migrationBuilder.AlterColumn<string>(
                name: "NormalizedEmail",
                table: "Suppressions",
                type: "nvarchar(320)",
                maxLength: 320,
                nullable: false,
                defaultValue: "",
                oldClrType: typeof(string),
                oldType: "nvarchar(320)",
                oldMaxLength: 320,
                oldNullable: true);

            migrationBuilder.AlterColumn<string>(
                name: "Sectors",
                table: "Subscribers",
                type: "nvarchar(1000)",
                maxLength: 1000,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "nvarchar(800)",
                oldMaxLength: 800);

            migrationBuilder.AlterColumn<string>(
                name: "NormalizedEmail",
                table: "Subscribers",
                type: "nvarchar(320)",
                maxLength: 320,
                nullable: false,
                defaultValue: "",
                oldClrType: typeof(string),
                oldType: "nvarchar(320)",
                oldMaxLength: 320,
                oldNullable: true);

            migrationBuilder.AlterColumn<string>(
                name: "Email",
                table: "Subscribers",
                type: "nvarchar(320)",
                maxLength: 320,
                nullable: false,
                defaultValue: "",
                oldClrType: typeof(string),
                oldType: "nvarchar(320)",
                oldMaxLength: 320,
                oldNullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Suppressions_NormalizedEmail",
                table: "Suppressions",
                column: "NormalizedEmail",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Subscribers_NormalizedEmail",
                table: "Subscribers",
                column: "NormalizedEmail",
                unique: true);
        }
    }
}
