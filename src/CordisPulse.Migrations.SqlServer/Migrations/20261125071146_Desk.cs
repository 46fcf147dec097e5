using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CordisPulse.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class Desk : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterColumn<int>(
                name: "EditionId",
                table: "TextDrafts",
                type: "int",
                nullable: true,
                oldClrType: typeof(int),
                oldType: "int");

            migrationBuilder.AddColumn<string>(
                name: "Window",
                table: "TextDrafts",
                type: "nvarchar(40)",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AlterColumn<int>(
                name: "SubscriberId",
                table: "QueuedMails",
                type: "int",
                nullable: true,
                oldClrType: typeof(int),
                oldType: "int");

            migrationBuilder.AddColumn<int>(
                name: "AboutId",
                table: "QueuedMails",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "AccountId",
                table: "QueuedMails",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "AskedById",
                table: "QueuedMails",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "CorrectedUtc",
                table: "PublishedItems",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Correction",
                table: "PublishedItems",
                type: "nvarchar(1000)",
                maxLength: 1000,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Correction",
                table: "PublishedEditions",
                type: "nvarchar(1000)",
                maxLength: 1000,
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "DueOn",
                table: "Editions",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "ChosenMail",
                table: "AspNetUsers",
                type: "int",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Approvals",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    EditionId = table.Column<int>(type: "int", nullable: false),
                    ApprovedById = table.Column<int>(type: "int", nullable: false),
                    ApprovedUtc = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Document = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Sha256 = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    WithdrawnUtc = table.Column<DateTime>(type: "datetime2", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Approvals", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Approvals_Editions_EditionId",
                        column: x => x.EditionId,
                        principalTable: "Editions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "HostVisits",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Host = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: false),
                    FreeUtc = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Visits = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HostVisits", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ItemNotes",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    ItemId = table.Column<int>(type: "int", nullable: false),
                    Text = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false),
                    AddedUtc = table.Column<DateTime>(type: "datetime2", nullable: false),
                    AddedById = table.Column<int>(type: "int", nullable: true),
                    TakenBackUtc = table.Column<DateTime>(type: "datetime2", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ItemNotes", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ItemNotes_AspNetUsers_AddedById",
                        column: x => x.AddedById,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "ItemProgress",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    ItemId = table.Column<int>(type: "int", nullable: false),
                    AssigneeId = table.Column<int>(type: "int", nullable: true),
                    Stage = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ItemProgress", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ItemProgress_AspNetUsers_AssigneeId",
                        column: x => x.AssigneeId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "LinkLooks",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    UrlSha256 = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    Url = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: false),
                    IsOfItem = table.Column<bool>(type: "bit", nullable: false),
                    WantedUtc = table.Column<DateTime>(type: "datetime2", nullable: false),
                    AskedUtc = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Looks = table.Column<int>(type: "int", nullable: false),
                    NextLookUtc = table.Column<DateTime>(type: "datetime2", nullable: true),
                    LookedUtc = table.Column<DateTime>(type: "datetime2", nullable: true),
                    State = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: true),
                    Problem = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true),
                    Unanswered = table.Column<int>(type: "int", nullable: false),
                    Titles = table.Column<string>(type: "nvarchar(4000)", maxLength: 4000, nullable: true),
                    MovedTo = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LinkLooks", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "MergedSources",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Slug = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    SourceId = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MergedSources", x => x.Id);
                    table.ForeignKey(
                        name: "FK_MergedSources_Sources_SourceId",
                        column: x => x.SourceId,
                        principalTable: "Sources",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PreviewLinks",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    EditionId = table.Column<int>(type: "int", nullable: false),
                    Hash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    ForWhom = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false),
                    MadeUtc = table.Column<DateTime>(type: "datetime2", nullable: false),
                    MadeById = table.Column<int>(type: "int", nullable: false),
                    EndsUtc = table.Column<DateTime>(type: "datetime2", nullable: false),
                    RevokedUtc = table.Column<DateTime>(type: "datetime2", nullable: true),
                    OpenedUtc = table.Column<DateTime>(type: "datetime2", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PreviewLinks", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PreviewLinks_Editions_EditionId",
                        column: x => x.EditionId,
                        principalTable: "Editions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "SourceFeeds",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    SourceId = table.Column<int>(type: "int", nullable: false),
                    Address = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: false),
                    AddressHash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    MovedFrom = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: true),
                    Title = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true),
                    AddedUtc = table.Column<DateTime>(type: "datetime2", nullable: false),
                    AddedById = table.Column<int>(type: "int", nullable: true),
                    PausedUtc = table.Column<DateTime>(type: "datetime2", nullable: true),
                    NextReadingUtc = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Readings = table.Column<int>(type: "int", nullable: false),
                    Failures = table.Column<int>(type: "int", nullable: false),
                    LastReadUtc = table.Column<DateTime>(type: "datetime2", nullable: true),
                    FirstEntriesUtc = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Outcome = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true),
                    Problem = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true),
                    Offers = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    ETag = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: true),
                    LastModifiedUtc = table.Column<DateTime>(type: "datetime2", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SourceFeeds", x => x.Id);
                    table.ForeignKey(
                        name: "FK_SourceFeeds_AspNetUsers_AddedById",
                        column: x => x.AddedById,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "FK_SourceFeeds_Sources_SourceId",
                        column: x => x.SourceId,
                        principalTable: "Sources",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Comments",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    EditionId = table.Column<int>(type: "int", nullable: false),
                    Place = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false),
                    PlaceId = table.Column<int>(type: "int", nullable: true),
                    PlaceTitle = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true),
                    AnswersId = table.Column<int>(type: "int", nullable: true),
                    ById = table.Column<int>(type: "int", nullable: true),
                    PreviewLinkId = table.Column<int>(type: "int", nullable: true),
                    GuestName = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: true),
                    Text = table.Column<string>(type: "nvarchar(4000)", maxLength: 4000, nullable: false),
                    WrittenUtc = table.Column<DateTime>(type: "datetime2", nullable: false),
                    SettledUtc = table.Column<DateTime>(type: "datetime2", nullable: true),
                    SettledById = table.Column<int>(type: "int", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Comments", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Comments_Comments_AnswersId",
                        column: x => x.AnswersId,
                        principalTable: "Comments",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Comments_Editions_EditionId",
                        column: x => x.EditionId,
                        principalTable: "Editions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Comments_PreviewLinks_PreviewLinkId",
                        column: x => x.PreviewLinkId,
                        principalTable: "PreviewLinks",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "FeedEntries",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    FeedId = table.Column<int>(type: "int", nullable: false),
                    EntryHash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    LinkHash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    Url = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: false),
                    Title = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: false),
                    Description = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true),
                    PublishedUtc = table.Column<DateTime>(type: "datetime2", nullable: true),
                    SeenUtc = table.Column<DateTime>(type: "datetime2", nullable: false),
                    State = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false),
                    SettledUtc = table.Column<DateTime>(type: "datetime2", nullable: true),
                    SettledById = table.Column<int>(type: "int", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FeedEntries", x => x.Id);
                    table.ForeignKey(
                        name: "FK_FeedEntries_AspNetUsers_SettledById",
                        column: x => x.SettledById,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id");
                    table.ForeignKey(
                        name: "FK_FeedEntries_SourceFeeds_FeedId",
                        column: x => x.FeedId,
                        principalTable: "SourceFeeds",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Revisions_SavedById",
                table: "Revisions",
                column: "SavedById");

            migrationBuilder.CreateIndex(
                name: "IX_QueuedMails_AccountId",
                table: "QueuedMails",
                column: "AccountId");

            migrationBuilder.CreateIndex(
                name: "IX_Approvals_EditionId",
                table: "Approvals",
                column: "EditionId");

            migrationBuilder.CreateIndex(
                name: "IX_Comments_AnswersId",
                table: "Comments",
                column: "AnswersId");

            migrationBuilder.CreateIndex(
                name: "IX_Comments_EditionId",
                table: "Comments",
                column: "EditionId");

            migrationBuilder.CreateIndex(
                name: "IX_Comments_PreviewLinkId",
                table: "Comments",
                column: "PreviewLinkId");

            migrationBuilder.CreateIndex(
                name: "IX_FeedEntries_FeedId_EntryHash",
                table: "FeedEntries",
                columns: new[] { "FeedId", "EntryHash" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_FeedEntries_LinkHash",
                table: "FeedEntries",
                column: "LinkHash");

            migrationBuilder.CreateIndex(
                name: "IX_FeedEntries_SettledById",
                table: "FeedEntries",
                column: "SettledById");

            migrationBuilder.CreateIndex(
                name: "IX_FeedEntries_State",
                table: "FeedEntries",
                column: "State");

            migrationBuilder.CreateIndex(
                name: "IX_HostVisits_FreeUtc",
                table: "HostVisits",
                column: "FreeUtc");

            migrationBuilder.CreateIndex(
                name: "IX_HostVisits_Host",
                table: "HostVisits",
                column: "Host",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ItemNotes_AddedById",
                table: "ItemNotes",
                column: "AddedById");

            migrationBuilder.CreateIndex(
                name: "IX_ItemNotes_ItemId",
                table: "ItemNotes",
                column: "ItemId");

            migrationBuilder.CreateIndex(
                name: "IX_ItemProgress_AssigneeId",
                table: "ItemProgress",
                column: "AssigneeId");

            migrationBuilder.CreateIndex(
                name: "IX_ItemProgress_ItemId",
                table: "ItemProgress",
                column: "ItemId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_LinkLooks_NextLookUtc",
                table: "LinkLooks",
                column: "NextLookUtc");

            migrationBuilder.CreateIndex(
                name: "IX_LinkLooks_UrlSha256",
                table: "LinkLooks",
                column: "UrlSha256",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_MergedSources_Slug",
                table: "MergedSources",
                column: "Slug",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_MergedSources_SourceId",
                table: "MergedSources",
                column: "SourceId");

            migrationBuilder.CreateIndex(
                name: "IX_PreviewLinks_EditionId",
                table: "PreviewLinks",
                column: "EditionId");

            migrationBuilder.CreateIndex(
                name: "IX_PreviewLinks_Hash",
                table: "PreviewLinks",
                column: "Hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_SourceFeeds_AddedById",
                table: "SourceFeeds",
                column: "AddedById");

            migrationBuilder.CreateIndex(
                name: "IX_SourceFeeds_AddressHash",
                table: "SourceFeeds",
                column: "AddressHash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_SourceFeeds_NextReadingUtc",
                table: "SourceFeeds",
                column: "NextReadingUtc");

            migrationBuilder.CreateIndex(
                name: "IX_SourceFeeds_SourceId",
                table: "SourceFeeds",
                column: "SourceId");

            migrationBuilder.AddForeignKey(
                name: "FK_QueuedMails_AspNetUsers_AccountId",
                table: "QueuedMails",
                column: "AccountId",
                principalTable: "AspNetUsers",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_QueuedMails_AspNetUsers_AccountId",
                table: "QueuedMails");

            migrationBuilder.DropTable(
                name: "Approvals");

            migrationBuilder.DropTable(
                name: "Comments");

            migrationBuilder.DropTable(
                name: "FeedEntries");

            migrationBuilder.DropTable(
                name: "HostVisits");

            migrationBuilder.DropTable(
                name: "ItemNotes");

            migrationBuilder.DropTable(
                name: "ItemProgress");

            migrationBuilder.DropTable(
                name: "LinkLooks");

            migrationBuilder.DropTable(
                name: "MergedSources");

            migrationBuilder.DropTable(
                name: "PreviewLinks");

            migrationBuilder.DropTable(
                name: "SourceFeeds");

            migrationBuilder.DropIndex(
                name: "IX_Revisions_SavedById",
                table: "Revisions");

            migrationBuilder.DropIndex(
                name: "IX_QueuedMails_AccountId",
                table: "QueuedMails");

            migrationBuilder.DropColumn(
                name: "Window",
                table: "TextDrafts");

            migrationBuilder.DropColumn(
                name: "AboutId",
                table: "QueuedMails");

            migrationBuilder.DropColumn(
                name: "AccountId",
                table: "QueuedMails");

            migrationBuilder.DropColumn(
                name: "AskedById",
                table: "QueuedMails");

            migrationBuilder.DropColumn(
                name: "CorrectedUtc",
                table: "PublishedItems");

            migrationBuilder.DropColumn(
                name: "Correction",
                table: "PublishedItems");

            migrationBuilder.DropColumn(
                name: "Correction",
                table: "PublishedEditions");

            migrationBuilder.DropColumn(
                name: "DueOn",
                table: "Editions");

            migrationBuilder.DropColumn(
                name: "ChosenMail",
                table: "AspNetUsers");

            migrationBuilder.AlterColumn<int>(
                name: "EditionId",
                table: "TextDrafts",
                type: "int",
                nullable: false,
                defaultValue: 0,
                oldClrType: typeof(int),
                oldType: "int",
                oldNullable: true);

            migrationBuilder.AlterColumn<int>(
                name: "SubscriberId",
                table: "QueuedMails",
                type: "int",
                nullable: false,
                defaultValue: 0,
                oldClrType: typeof(int),
                oldType: "int",
                oldNullable: true);
        }
    }
}
