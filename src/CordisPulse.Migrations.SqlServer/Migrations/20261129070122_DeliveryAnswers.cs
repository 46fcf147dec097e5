using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CordisPulse.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class DeliveryAnswers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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

            migrationBuilder.CreateIndex(
                name: "IX_QueuedMails_SentUtc",
                table: "QueuedMails",
                column: "SentUtc");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_QueuedMails_SentUtc",
                table: "QueuedMails");

            migrationBuilder.DropColumn(
                name: "Fault",
                table: "Deliveries");

            migrationBuilder.DropColumn(
                name: "FirstAttemptedUtc",
                table: "Deliveries");
        }
    }
}
