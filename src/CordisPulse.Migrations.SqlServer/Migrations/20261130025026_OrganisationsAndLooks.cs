using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CordisPulse.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class OrganisationsAndLooks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Subscribers_Organisation_Status",
                table: "Subscribers");

            migrationBuilder.DropIndex(
                name: "IX_ConsentRecords_Event_AtUtc_SubscriberId",
                table: "ConsentRecords");

            migrationBuilder.AddColumn<string>(
                name: "OrganisationKey",
                table: "Subscribers",
                type: "nvarchar(300)",
                maxLength: 300,
                nullable: true,
                collation: "Latin1_General_BIN2");

            // Of names in plain letters; the program fills in the others, with the text that is searched, at its start.
            migrationBuilder.Sql("UPDATE \"Subscribers\" SET \"OrganisationKey\" = LOWER(\"Organisation\" COLLATE Latin1_General_BIN2) WHERE \"Organisation\" IS NOT NULL");
            migrationBuilder.Sql("UPDATE \"Subscribers\" SET \"SearchText\" = NULL WHERE \"Organisation\" COLLATE Latin1_General_BIN2 LIKE N'%[^ -_a-~]%'");

            migrationBuilder.CreateIndex(
                name: "IX_Subscribers_OrganisationKey_Status",
                table: "Subscribers",
                columns: new[] { "OrganisationKey", "Status" });

            migrationBuilder.CreateIndex(
                name: "IX_QueuedMails_Kind_AboutId_SubscriberId_SentUtc",
                table: "QueuedMails",
                columns: new[] { "Kind", "AboutId", "SubscriberId", "SentUtc" });

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_AccountId_Id",
                table: "AuditEntries",
                columns: new[] { "AccountId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_Act_Id",
                table: "AuditEntries",
                columns: new[] { "Act", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_ConsentRecords_Event_AtUtc_SubscriberId_Way",
                table: "ConsentRecords",
                columns: new[] { "Event", "AtUtc", "SubscriberId", "Way" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Subscribers_OrganisationKey_Status",
                table: "Subscribers");

            migrationBuilder.DropIndex(
                name: "IX_QueuedMails_Kind_AboutId_SubscriberId_SentUtc",
                table: "QueuedMails");

            migrationBuilder.DropIndex(
                name: "IX_AuditEntries_AccountId_Id",
                table: "AuditEntries");

            migrationBuilder.DropIndex(
                name: "IX_AuditEntries_Act_Id",
                table: "AuditEntries");

            migrationBuilder.DropIndex(
                name: "IX_ConsentRecords_Event_AtUtc_SubscriberId_Way",
                table: "ConsentRecords");

            migrationBuilder.DropColumn(
                name: "OrganisationKey",
                table: "Subscribers");

            migrationBuilder.CreateIndex(
                name: "IX_Subscribers_Organisation_Status",
                table: "Subscribers",
                columns: new[] { "Organisation", "Status" });

            migrationBuilder.CreateIndex(
                name: "IX_ConsentRecords_Event_AtUtc_SubscriberId",
                table: "ConsentRecords",
                columns: new[] { "Event", "AtUtc", "SubscriberId" });
        }
    }
}
