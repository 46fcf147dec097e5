using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

#pragma warning disable CA1814 // Prefer jagged arrays over multidimensional

namespace CordisPulse.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Topics : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "SearchText",
                table: "PublishedItems");

            migrationBuilder.AddColumn<string>(
                name: "Topics",
                table: "EditionItems",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.CreateTable(
                name: "CoveredAgain",
                columns: table => new
                {
                    ItemId = table.Column<int>(type: "INTEGER", nullable: false),
                    OtherId = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CoveredAgain", x => new { x.ItemId, x.OtherId });
                });

            migrationBuilder.CreateTable(
                name: "Topics",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Name = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    Slug = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    OtherNames = table.Column<string>(type: "TEXT", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Topics", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "MergedTopics",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Slug = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    TopicId = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MergedTopics", x => x.Id);
                    table.ForeignKey(
                        name: "FK_MergedTopics_Topics_TopicId",
                        column: x => x.TopicId,
                        principalTable: "Topics",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PublishedItemTopics",
                columns: table => new
                {
                    PublishedItemId = table.Column<int>(type: "INTEGER", nullable: false),
                    TopicId = table.Column<int>(type: "INTEGER", nullable: false),
                    Month = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Position = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PublishedItemTopics", x => new { x.PublishedItemId, x.TopicId });
                    table.ForeignKey(
                        name: "FK_PublishedItemTopics_PublishedItems_PublishedItemId",
                        column: x => x.PublishedItemId,
                        principalTable: "PublishedItems",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_PublishedItemTopics_Topics_TopicId",
                        column: x => x.TopicId,
                        principalTable: "Topics",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.InsertData(
                table: "Topics",
                columns: new[] { "Id", "Name", "OtherNames", "Slug", "Version" },
                values: new object[,]
                {
                    { 1, "Adult safeguarding", "[\"Safeguarding adults\",\"Mental Capacity Act\",\"mental capacity\",\"deprivation of liberty\",\"DoLS\",\"liberty protection safeguards\"]", "adult-safeguarding", 1 },
                    { 2, "Autism and learning disability", "[\"Learning disability\",\"autism\",\"autistic\",\"neurodiversity\",\"neurodivergent\",\"ADHD\"]", "autism-and-learning-disability", 1 },
                    { 3, "Child protection", "[\"Safeguarding children\",\"child safeguarding\",\"children\\u0027s safeguarding\",\"serious case review\",\"child practice review\",\"child abuse\",\"neglect\"]", "child-protection", 1 },
                    { 4, "Children in care", "[\"Looked-after children\",\"children looked after\",\"foster care\",\"foster carers\",\"children\\u0027s homes\",\"care leavers\",\"leaving care\",\"corporate parents\"]", "children-in-care", 1 },
                    { 5, "Commissioning", "[\"Commissioner\",\"procurement\",\"market shaping\",\"care market\",\"provider market\"]", "commissioning", 1 },
                    { 6, "Co-production", "[\"Coproduction\",\"co-design\",\"lived experience\",\"experts by experience\",\"participation\"]", "co-production", 1 },
                    { 7, "Courts and sentencing", "[\"Sentencing\",\"magistrates\",\"Crown Court\",\"family court\",\"community orders\",\"court backlog\"]", "courts-and-sentencing", 1 },
                    { 8, "Dementia", "[\"Alzheimer\\u0027s\"]", "dementia", 1 },
                    { 9, "Domestic abuse", "[\"Domestic violence\",\"coercive control\",\"intimate partner violence\",\"perpetrators\",\"refuges\"]", "domestic-abuse", 1 },
                    { 10, "Early years", "[\"Childcare\",\"nurseries\",\"Start for Life\",\"early childhood\",\"nursery schools\"]", "early-years", 1 },
                    { 11, "Equality and inclusion", "[\"Inequality\",\"racism\",\"ethnic minorities\",\"racial disparity\",\"disproportionality\",\"discrimination\"]", "equality-and-inclusion", 1 },
                    { 12, "Evaluation and evidence", "[\"Evaluation\",\"what works\",\"randomised controlled trial\",\"theory of change\",\"evidence review\"]", "evaluation-and-evidence", 1 },
                    { 13, "Exploitation", "[\"Child sexual exploitation\",\"CSE\",\"criminal exploitation\",\"county lines\",\"modern slavery\",\"trafficking\"]", "exploitation", 1 },
                    { 14, "Family hubs", "[\"Family help\",\"early help\",\"family support\",\"parenting support\",\"Sure Start\",\"children\\u0027s centres\",\"Supporting Families\"]", "family-hubs", 1 },
                    { 15, "Finance and funding", "[\"Funding\",\"budgets\",\"local government finance\",\"charging reform\",\"cost of care\",\"spending review\"]", "finance-and-funding", 1 },
                    { 16, "Homelessness and housing", "[\"Homelessness\",\"housing\",\"rough sleeping\",\"temporary accommodation\",\"supported housing\"]", "homelessness-and-housing", 1 },
                    { 17, "Hospital discharge", "[\"Discharge to assess\",\"delayed discharge\",\"intermediate care\",\"reablement\"]", "hospital-discharge", 1 },
                    { 18, "Integrated care", "[\"Integration\",\"integrated care systems\",\"integrated care boards\",\"ICS\",\"ICB\",\"Better Care Fund\",\"joined-up care\"]", "integrated-care", 1 },
                    { 19, "Kinship care", "[\"Kinship carers\",\"special guardianship\",\"family and friends care\"]", "kinship-care", 1 },
                    { 20, "Mental health", "[\"CAMHS\",\"depression\",\"anxiety\",\"suicide\",\"self-harm\",\"psychological therapies\"]", "mental-health", 1 },
                    { 21, "Older people", "[\"Later life\",\"ageing\",\"care homes\",\"home care\",\"domiciliary care\",\"frailty\"]", "older-people", 1 },
                    { 22, "Policing", "[\"Police\",\"police forces\",\"stop and search\"]", "policing", 1 },
                    { 23, "Poverty and cost of living", "[\"Poverty\",\"cost of living\",\"deprivation\",\"hardship\",\"universal credit\"]", "poverty-and-cost-of-living", 1 },
                    { 24, "Prisons and probation", "[\"Prison\",\"prisoners\",\"probation\",\"resettlement\",\"reoffending\",\"rehabilitation\"]", "prisons-and-probation", 1 },
                    { 25, "Public health", "[\"Prevention\",\"health inequalities\",\"vaccination\",\"Covid-19\",\"smoking\",\"obesity\"]", "public-health", 1 },
                    { 26, "Schools and special educational needs", "[\"Special educational needs\",\"SEND\",\"school exclusions\",\"school attendance\",\"alternative provision\",\"education, health and care plans\"]", "schools-and-special-educational-needs", 1 },
                    { 27, "Serious violence", "[\"Knife crime\",\"gangs\",\"violence reduction\",\"youth violence\"]", "serious-violence", 1 },
                    { 28, "Substance use", "[\"Drug treatment\",\"alcohol\",\"drugs\",\"addiction\",\"substance misuse\"]", "substance-use", 1 },
                    { 29, "Technology and data", "[\"Digital\",\"data sharing\",\"artificial intelligence\",\"telecare\",\"technology-enabled care\"]", "technology-and-data", 1 },
                    { 30, "Unpaid carers", "[\"Unpaid care\",\"family carers\",\"informal carers\",\"young carers\",\"carers\\u0027 breaks\",\"respite\"]", "unpaid-carers", 1 },
                    { 31, "Victims and witnesses", "[\"Victims\",\"witnesses\",\"survivors\",\"hate crime\",\"restorative justice\"]", "victims-and-witnesses", 1 },
                    { 32, "Workforce", "[\"Recruitment\",\"retention\",\"care workers\",\"social workers\",\"staff turnover\",\"pay\",\"vacancies\"]", "workforce", 1 },
                    { 33, "Youth justice", "[\"Youth offending\",\"children who offend\",\"youth custody\",\"diversion\",\"secure schools\",\"youth court\"]", "youth-justice", 1 }
                });

            migrationBuilder.CreateIndex(
                name: "IX_CoveredAgain_OtherId",
                table: "CoveredAgain",
                column: "OtherId");

            migrationBuilder.CreateIndex(
                name: "IX_MergedTopics_Slug",
                table: "MergedTopics",
                column: "Slug",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_MergedTopics_TopicId",
                table: "MergedTopics",
                column: "TopicId");

            migrationBuilder.CreateIndex(
                name: "IX_PublishedItemTopics_TopicId_Month_Position",
                table: "PublishedItemTopics",
                columns: new[] { "TopicId", "Month", "Position" });

            migrationBuilder.CreateIndex(
                name: "IX_Topics_Slug",
                table: "Topics",
                column: "Slug",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "CoveredAgain");

            migrationBuilder.DropTable(
                name: "MergedTopics");

            migrationBuilder.DropTable(
                name: "PublishedItemTopics");

            migrationBuilder.DropTable(
                name: "Topics");

            migrationBuilder.DropColumn(
                name: "Topics",
                table: "EditionItems");

            migrationBuilder.AddColumn<string>(
                name: "SearchText",
                table: "PublishedItems",
                type: "TEXT",
                nullable: false,
                defaultValue: "");
        }
    }
}
