using CordisPulse.Core.Catalogue;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CordisPulse.Core.Data.Configurations;

internal sealed class CatalogueConfiguration :
    IEntityTypeConfiguration<Sector>, IEntityTypeConfiguration<Section>, IEntityTypeConfiguration<Source>, IEntityTypeConfiguration<MergedSource>,
    IEntityTypeConfiguration<Topic>, IEntityTypeConfiguration<MergedTopic>
{
    public void Configure(EntityTypeBuilder<Sector> builder)
    {
        builder.Property(sector => sector.Name).HasMaxLength(Limits.Name);
        builder.Property(sector => sector.Slug).HasMaxLength(Limits.Slug);
        builder.HasIndex(sector => sector.Slug).IsUnique();
        builder.HasData(
            new Sector { Id = 1, Name = "Adult Social Care and Health", Slug = "adult-social-care-and-health", Position = 1, Colour = 0, Version = 1, OtherNames = ["Adult Social Care & Health", "Adult Social Care", "Adults"] },
            new Sector { Id = 2, Name = "Children and Young People's Services", Slug = "children-and-young-peoples-services", Position = 2, Colour = 1, Version = 1, OtherNames = ["Children and Young People", "Children & Young People's Services", "Children's Services"] },
            new Sector { Id = 3, Name = "Criminal Justice", Slug = "criminal-justice", Position = 3, Colour = 2, Version = 1, OtherNames = ["Criminal Justice System", "Justice"] });
    }

    public void Configure(EntityTypeBuilder<Section> builder)
    {
        builder.Property(section => section.Name).HasMaxLength(Limits.Name);
        builder.Property(section => section.Slug).HasMaxLength(Limits.Slug);
        builder.HasIndex(section => section.Slug).IsUnique();
        builder.HasData(
            new Section { Id = 1, Name = "Reports", Slug = "reports", Position = 1, Version = 1, OtherNames = ["Report", "Research", "Research reports"] },
            new Section { Id = 2, Name = "Briefings", Slug = "briefings", Position = 2, Version = 1, OtherNames = ["Briefing", "Briefing papers"] },
            new Section { Id = 3, Name = "Tools and Guidance", Slug = "tools-and-guidance", Position = 3, Version = 1, OtherNames = ["Tools & Guidance", "Tools", "Guidance", "Guidance and tools"] });
    }

    public void Configure(EntityTypeBuilder<Source> builder)
    {
        builder.Property(source => source.Name).HasMaxLength(Limits.SourceName);
        builder.Property(source => source.Slug).HasMaxLength(Limits.Slug);
        builder.HasIndex(source => source.Slug).IsUnique();
    }

    public void Configure(EntityTypeBuilder<MergedSource> builder)
    {
        builder.Property(merged => merged.Slug).HasMaxLength(Limits.Slug);
        builder.HasIndex(merged => merged.Slug).IsUnique();
        builder.HasOne(merged => merged.Source).WithMany().OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<Topic> builder)
    {
        builder.Property(topic => topic.Name).HasMaxLength(Limits.Name);
        builder.Property(topic => topic.Slug).HasMaxLength(Limits.Slug);
        builder.HasIndex(topic => topic.Slug).IsUnique();
        builder.HasData(
            new Topic { Id = 1, Name = "Adult safeguarding", Slug = "adult-safeguarding", Version = 1, OtherNames = ["Safeguarding adults", "Mental Capacity Act", "mental capacity", "deprivation of liberty", "DoLS", "liberty protection safeguards"] },
            new Topic { Id = 2, Name = "Autism and learning disability", Slug = "autism-and-learning-disability", Version = 1, OtherNames = ["Learning disability", "autism", "autistic", "neurodiversity", "neurodivergent", "ADHD"] },
            new Topic { Id = 3, Name = "Child protection", Slug = "child-protection", Version = 1, OtherNames = ["Safeguarding children", "child safeguarding", "children's safeguarding", "serious case review", "child practice review", "child abuse", "neglect"] },
            new Topic { Id = 4, Name = "Children in care", Slug = "children-in-care", Version = 1, OtherNames = ["Looked-after children", "children looked after", "foster care", "foster carers", "children's homes", "care leavers", "leaving care", "corporate parents"] },
            new Topic { Id = 5, Name = "Commissioning", Slug = "commissioning", Version = 1, OtherNames = ["Commissioner", "procurement", "market shaping", "care market", "provider market"] },
            new Topic { Id = 6, Name = "Co-production", Slug = "co-production", Version = 1, OtherNames = ["Coproduction", "co-design", "lived experience", "experts by experience", "participation"] },
            new Topic { Id = 7, Name = "Courts and sentencing", Slug = "courts-and-sentencing", Version = 1, OtherNames = ["Sentencing", "magistrates", "Crown Court", "family court", "community orders", "court backlog"] },
            new Topic { Id = 8, Name = "Dementia", Slug = "dementia", Version = 1, OtherNames = ["Alzheimer's"] },
            new Topic { Id = 9, Name = "Domestic abuse", Slug = "domestic-abuse", Version = 1, OtherNames = ["Domestic violence", "coercive control", "intimate partner violence", "perpetrators", "refuges"] },
            new Topic { Id = 10, Name = "Early years", Slug = "early-years", Version = 1, OtherNames = ["Childcare", "nurseries", "Start for Life", "early childhood", "nursery schools"] },
            new Topic { Id = 11, Name = "Equality and inclusion", Slug = "equality-and-inclusion", Version = 1, OtherNames = ["Inequality", "racism", "ethnic minorities", "racial disparity", "disproportionality", "discrimination"] },
            new Topic { Id = 12, Name = "Evaluation and evidence", Slug = "evaluation-and-evidence", Version = 1, OtherNames = ["Evaluation", "what works", "randomised controlled trial", "theory of change", "evidence review"] },
            new Topic { Id = 13, Name = "Exploitation", Slug = "exploitation", Version = 1, OtherNames = ["Child sexual exploitation", "CSE", "criminal exploitation", "county lines", "modern slavery", "trafficking"] },
            new Topic { Id = 14, Name = "Family hubs", Slug = "family-hubs", Version = 1, OtherNames = ["Family help", "early help", "family support", "parenting support", "Sure Start", "children's centres", "Supporting Families"] },
            new Topic { Id = 15, Name = "Finance and funding", Slug = "finance-and-funding", Version = 1, OtherNames = ["Funding", "budgets", "local government finance", "charging reform", "cost of care", "spending review"] },
            new Topic { Id = 16, Name = "Homelessness and housing", Slug = "homelessness-and-housing", Version = 1, OtherNames = ["Homelessness", "housing", "rough sleeping", "temporary accommodation", "supported housing"] },
            new Topic { Id = 17, Name = "Hospital discharge", Slug = "hospital-discharge", Version = 1, OtherNames = ["Discharge to assess", "delayed discharge", "intermediate care", "reablement"] },
            new Topic { Id = 18, Name = "Integrated care", Slug = "integrated-care", Version = 1, OtherNames = ["Integration", "integrated care systems", "integrated care boards", "ICS", "ICB", "Better Care Fund", "joined-up care"] },
            new Topic { Id = 19, Name = "Kinship care", Slug = "kinship-care", Version = 1, OtherNames = ["Kinship carers", "special guardianship", "family and friends care"] },
            new Topic { Id = 20, Name = "Mental health", Slug = "mental-health", Version = 1, OtherNames = ["CAMHS", "depression", "anxiety", "suicide", "self-harm", "psychological therapies"] },
            new Topic { Id = 21, Name = "Older people", Slug = "older-people", Version = 1, OtherNames = ["Later life", "ageing", "care homes", "home care", "domiciliary care", "frailty"] },
            new Topic { Id = 22, Name = "Policing", Slug = "policing", Version = 1, OtherNames = ["Police", "police forces", "stop and search"] },
            new Topic { Id = 23, Name = "Poverty and cost of living", Slug = "poverty-and-cost-of-living", Version = 1, OtherNames = ["Poverty", "cost of living", "deprivation", "hardship", "universal credit"] },
            new Topic { Id = 24, Name = "Prisons and probation", Slug = "prisons-and-probation", Version = 1, OtherNames = ["Prison", "prisoners", "probation", "resettlement", "reoffending", "rehabilitation"] },
            new Topic { Id = 25, Name = "Public health", Slug = "public-health", Version = 1, OtherNames = ["Prevention", "health inequalities", "vaccination", "Covid-19", "smoking", "obesity"] },
            new Topic { Id = 26, Name = "Schools and special educational needs", Slug = "schools-and-special-educational-needs", Version = 1, OtherNames = ["Special educational needs", "SEND", "school exclusions", "school attendance", "alternative provision", "education, health and care plans"] },
            new Topic { Id = 27, Name = "Serious violence", Slug = "serious-violence", Version = 1, OtherNames = ["Knife crime", "gangs", "violence reduction", "youth violence"] },
            new Topic { Id = 28, Name = "Substance use", Slug = "substance-use", Version = 1, OtherNames = ["Drug treatment", "alcohol", "drugs", "addiction", "substance misuse"] },
            new Topic { Id = 29, Name = "Technology and data", Slug = "technology-and-data", Version = 1, OtherNames = ["Digital", "data sharing", "artificial intelligence", "telecare", "technology-enabled care"] },
            new Topic { Id = 30, Name = "Unpaid carers", Slug = "unpaid-carers", Version = 1, OtherNames = ["Unpaid care", "family carers", "informal carers", "young carers", "carers' breaks", "respite"] },
            new Topic { Id = 31, Name = "Victims and witnesses", Slug = "victims-and-witnesses", Version = 1, OtherNames = ["Victims", "witnesses", "survivors", "hate crime", "restorative justice"] },
            new Topic { Id = 32, Name = "Workforce", Slug = "workforce", Version = 1, OtherNames = ["Recruitment", "retention", "care workers", "social workers", "staff turnover", "pay", "vacancies"] },
            new Topic { Id = 33, Name = "Youth justice", Slug = "youth-justice", Version = 1, OtherNames = ["Youth offending", "children who offend", "youth custody", "diversion", "secure schools", "youth court"] });
    }

    public void Configure(EntityTypeBuilder<MergedTopic> builder)
    {
        builder.Property(merged => merged.Slug).HasMaxLength(Limits.Slug);
        builder.HasIndex(merged => merged.Slug).IsUnique();
        builder.HasOne(merged => merged.Topic).WithMany().OnDelete(DeleteBehavior.Restrict);
    }
}
