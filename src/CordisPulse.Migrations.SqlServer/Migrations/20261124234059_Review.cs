using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CordisPulse.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class Review : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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
                name: "IX_PreviewLinks_EditionId",
                table: "PreviewLinks",
                column: "EditionId");

            migrationBuilder.CreateIndex(
                name: "IX_PreviewLinks_Hash",
                table: "PreviewLinks",
                column: "Hash",
                unique: true);

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
                name: "PreviewLinks");

            migrationBuilder.DropIndex(
                name: "IX_QueuedMails_AccountId",
                table: "QueuedMails");

            migrationBuilder.DropColumn(
                name: "AboutId",
                table: "QueuedMails");

            migrationBuilder.DropColumn(
                name: "AccountId",
                table: "QueuedMails");

            migrationBuilder.DropColumn(
                name: "ChosenMail",
                table: "AspNetUsers");

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
