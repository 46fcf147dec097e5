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
                name: "MailboxReadings",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false),
                    LeaseOwner = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: true),
                    LeaseEndUtc = table.Column<DateTime>(type: "datetime2", nullable: true),
                    LookedUtc = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Problem = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true),
                    ProblemUtc = table.Column<DateTime>(type: "datetime2", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MailboxReadings", x => x.Id);
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
                    Replies = table.Column<int>(type: "int", nullable: false),
                    Reads = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RetentionReports", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ReturnReports",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Kind = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false),
                    Verdict = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: true),
                    Status = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: true),
                    Code = table.Column<int>(type: "int", nullable: true),
                    Text = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true),
                    DeliveryId = table.Column<long>(type: "bigint", nullable: true),
                    MailingId = table.Column<int>(type: "int", nullable: true),
                    SubscriberId = table.Column<int>(type: "int", nullable: true),
                    ReceivedUtc = table.Column<DateTime>(type: "datetime2", nullable: false),
                    TakenUtc = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Source = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    Content = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReturnReports", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ReturnReports_Deliveries_DeliveryId",
                        column: x => x.DeliveryId,
                        principalTable: "Deliveries",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ReturnReports_Mailings_MailingId",
                        column: x => x.MailingId,
                        principalTable: "Mailings",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ReturnReports_Subscribers_SubscriberId",
                        column: x => x.SubscriberId,
                        principalTable: "Subscribers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ListImports",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    FileName = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: false),
                    AccountId = table.Column<int>(type: "int", nullable: true),
                    UploadedUtc = table.Column<DateTime>(type: "datetime2", nullable: false),
                    State = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false),
                    Sheets = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Sheet = table.Column<int>(type: "int", nullable: false),
                    Encoding = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false),
                    Separator = table.Column<string>(type: "nvarchar(1)", maxLength: 1, nullable: false),
                    HasHeader = table.Column<bool>(type: "bit", nullable: false),
                    Columns = table.Column<string>(type: "nvarchar(4000)", maxLength: 4000, nullable: false),
                    Mended = table.Column<string>(type: "nvarchar(4000)", maxLength: 4000, nullable: false),
                    Preview = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    BasisId = table.Column<int>(type: "int", nullable: true),
                    ConfirmedUtc = table.Column<DateTime>(type: "datetime2", nullable: true),
                    EndedUtc = table.Column<DateTime>(type: "datetime2", nullable: true),
                    UndoneUtc = table.Column<DateTime>(type: "datetime2", nullable: true),
                    UndoneById = table.Column<int>(type: "int", nullable: true),
                    Rows = table.Column<int>(type: "int", nullable: false),
                    Done = table.Column<int>(type: "int", nullable: false),
                    Added = table.Column<int>(type: "int", nullable: false),
                    AlreadyThere = table.Column<int>(type: "int", nullable: false),
                    Suppressed = table.Column<int>(type: "int", nullable: false),
                    Rejected = table.Column<int>(type: "int", nullable: false),
                    TakenBack = table.Column<int>(type: "int", nullable: false),
                    Stayed = table.Column<int>(type: "int", nullable: false),
                    UndoneThrough = table.Column<int>(type: "int", nullable: false),
                    Problem = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true),
                    LeaseEndUtc = table.Column<DateTime>(type: "datetime2", nullable: true),
                    LeaseNumber = table.Column<int>(type: "int", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ListImports", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ListImports_AspNetUsers_AccountId",
                        column: x => x.AccountId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ListImports_ConsentBases_BasisId",
                        column: x => x.BasisId,
                        principalTable: "ConsentBases",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
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

            migrationBuilder.CreateTable(
                name: "PersonReplies",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    ReportId = table.Column<long>(type: "bigint", nullable: false),
                    AsksToLeave = table.Column<bool>(type: "bit", nullable: false),
                    From = table.Column<string>(type: "nvarchar(320)", maxLength: 320, nullable: true),
                    Subject = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: true),
                    ReceivedUtc = table.Column<DateTime>(type: "datetime2", nullable: false),
                    HandledUtc = table.Column<DateTime>(type: "datetime2", nullable: true),
                    HandledById = table.Column<int>(type: "int", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PersonReplies", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PersonReplies_AspNetUsers_HandledById",
                        column: x => x.HandledById,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "FK_PersonReplies_ReturnReports_ReportId",
                        column: x => x.ReportId,
                        principalTable: "ReturnReports",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ListImportLines",
                columns: table => new
                {
                    ImportId = table.Column<int>(type: "int", nullable: false),
                    Line = table.Column<int>(type: "int", nullable: false),
                    Outcome = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false),
                    SubscriberId = table.Column<int>(type: "int", nullable: true),
                    Reason = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ListImportLines", x => new { x.ImportId, x.Line });
                    table.ForeignKey(
                        name: "FK_ListImportLines_ListImports_ImportId",
                        column: x => x.ImportId,
                        principalTable: "ListImports",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ListImportLines_Subscribers_SubscriberId",
                        column: x => x.SubscriberId,
                        principalTable: "Subscribers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "ListImportParts",
                columns: table => new
                {
                    ImportId = table.Column<int>(type: "int", nullable: false),
                    Sheet = table.Column<int>(type: "int", nullable: false),
                    Number = table.Column<int>(type: "int", nullable: false),
                    Bytes = table.Column<byte[]>(type: "varbinary(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ListImportParts", x => new { x.ImportId, x.Sheet, x.Number });
                    table.ForeignKey(
                        name: "FK_ListImportParts_ListImports_ImportId",
                        column: x => x.ImportId,
                        principalTable: "ListImports",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.InsertData(
                table: "MailboxReadings",
                columns: new[] { "Id", "LeaseEndUtc", "LeaseOwner", "LookedUtc", "Problem", "ProblemUtc" },
                values: new object[] { 1, null, null, null, null, null });

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
                name: "IX_ListImportLines_SubscriberId",
                table: "ListImportLines",
                column: "SubscriberId");

            migrationBuilder.CreateIndex(
                name: "IX_ListImports_AccountId",
                table: "ListImports",
                column: "AccountId");

            migrationBuilder.CreateIndex(
                name: "IX_ListImports_BasisId",
                table: "ListImports",
                column: "BasisId");

            migrationBuilder.CreateIndex(
                name: "IX_ListImports_State",
                table: "ListImports",
                column: "State");

            migrationBuilder.CreateIndex(
                name: "IX_PersonReplies_From",
                table: "PersonReplies",
                column: "From");

            migrationBuilder.CreateIndex(
                name: "IX_PersonReplies_HandledById",
                table: "PersonReplies",
                column: "HandledById");

            migrationBuilder.CreateIndex(
                name: "IX_PersonReplies_HandledUtc_AsksToLeave",
                table: "PersonReplies",
                columns: new[] { "HandledUtc", "AsksToLeave" });

            migrationBuilder.CreateIndex(
                name: "IX_PersonReplies_ReportId",
                table: "PersonReplies",
                column: "ReportId",
                unique: true);

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

            migrationBuilder.CreateIndex(
                name: "IX_ReturnReports_Content",
                table: "ReturnReports",
                column: "Content");

            migrationBuilder.CreateIndex(
                name: "IX_ReturnReports_DeliveryId",
                table: "ReturnReports",
                column: "DeliveryId");

            migrationBuilder.CreateIndex(
                name: "IX_ReturnReports_Kind_ReceivedUtc",
                table: "ReturnReports",
                columns: new[] { "Kind", "ReceivedUtc" });

            migrationBuilder.CreateIndex(
                name: "IX_ReturnReports_MailingId_Kind",
                table: "ReturnReports",
                columns: new[] { "MailingId", "Kind" });

            migrationBuilder.CreateIndex(
                name: "IX_ReturnReports_Source",
                table: "ReturnReports",
                column: "Source",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ReturnReports_SubscriberId",
                table: "ReturnReports",
                column: "SubscriberId");

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
                name: "DomainNotices");

            migrationBuilder.DropTable(
                name: "ListImportLines");

            migrationBuilder.DropTable(
                name: "ListImportParts");

            migrationBuilder.DropTable(
                name: "MailboxReadings");

            migrationBuilder.DropTable(
                name: "PermissionRounds");

            migrationBuilder.DropTable(
                name: "PersonReplies");

            migrationBuilder.DropTable(
                name: "RetentionReports");

            migrationBuilder.DropTable(
                name: "PrivacyTexts");

            migrationBuilder.DropTable(
                name: "ListImports");

            migrationBuilder.DropTable(
                name: "ReturnReports");

            migrationBuilder.DropTable(
                name: "ConsentBases");

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
