using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CordisPulse.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class FormerAddresses : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "SubscriberId",
                table: "Suppressions",
                type: "int",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Suppressions_SubscriberId",
                table: "Suppressions",
                column: "SubscriberId");

            migrationBuilder.AddForeignKey(
                name: "FK_Suppressions_Subscribers_SubscriberId",
                table: "Suppressions",
                column: "SubscriberId",
                principalTable: "Subscribers",
                principalColumn: "Id",
                onDelete: ReferentialAction.SetNull);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_Suppressions_Subscribers_SubscriberId",
                table: "Suppressions");

            migrationBuilder.DropIndex(
                name: "IX_Suppressions_SubscriberId",
                table: "Suppressions");

            migrationBuilder.DropColumn(
                name: "SubscriberId",
                table: "Suppressions");
        }
    }
}
