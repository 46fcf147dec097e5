using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CordisPulse.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class ReturnedMail : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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

            migrationBuilder.InsertData(
                table: "MailboxReadings",
                columns: new[] { "Id", "LeaseEndUtc", "LeaseOwner", "LookedUtc", "Problem", "ProblemUtc" },
                values: new object[] { 1, null, null, null, null, null });

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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "MailboxReadings");

            migrationBuilder.DropTable(
                name: "PersonReplies");

            migrationBuilder.DropTable(
                name: "ReturnReports");
        }
    }
}
