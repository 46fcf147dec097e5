using CordisPulse.Core.Editions.Checks;
using CordisPulse.Core.Editions.Covered;
using CordisPulse.Core.Editions.Links;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Core.Editions;

internal static class EditionRegistration
{
    public static IServiceCollection AddEditions(this IServiceCollection services)
    {
        services.AddScoped<EditionDocumentReader>();
        services.AddScoped<EditionPublisher>();
        services.AddScoped<EditionComposer>();
        services.AddScoped<EditionStarter>();
        services.AddScoped<EditionPlanner>();
        services.AddScoped<TextDrafts>();
        services.AddScoped<ItemWork>();
        services.AddSingleton<CoveredBefore>();
        services.AddSingleton<LinkLooks>();
        services.AddSingleton<LinkProbe>();
        services.AddSingleton<LinkWitness>();
        services.AddSingleton<DraftLinks>();
        services.AddSingleton<PublishedLinks>();
        services.AddScoped<PublishedLinkMending>();
        services.AddScoped<EditionChecks>();
        services.AddSingleton<IEditionCheck, EmptyEditionCheck>();
        services.AddSingleton<IEditionCheck, MissingPartsCheck>();
        services.AddSingleton<IEditionCheck, AddressAsNameCheck>();
        services.AddSingleton<IEditionCheck, UnplacedCheck>();
        services.AddSingleton<IEditionCheck, LinkCheck>();
        services.AddSingleton<IEditionCheck, LinkTextCheck>();
        services.AddSingleton<IEditionCheck, LinkDeadCheck>();
        services.AddSingleton<IEditionCheck, LinkMovedCheck>();
        services.AddSingleton<IEditionCheck, LinkTitleCheck>();
        services.AddSingleton<IEditionCheck, CrossReferenceCheck>();
        services.AddSingleton<IEditionCheck, EmbargoCheck>();
        services.AddSingleton<IEditionCheck, CoveredBeforeCheck>();
        services.AddSingleton<IEditionCheck, DeadlineCheck>();
        services.AddSingleton<IEditionCheck, SummaryLengthCheck>();
        services.AddSingleton<IEditionCheck, MailSizeCheck>();
        services.AddSingleton<IEditionCheck, MonthCheck>();
        services.AddSingleton<IEditionCheck, BareNumberCheck>();
        services.AddSingleton<IEditionCheck, AcronymCheck>();
        services.AddSingleton<IEditionCheck, UnclosedCheck>();
        services.AddSingleton<IEditionCheck, StrayCharactersCheck>();
        services.AddSingleton<IEditionCheck, RepeatedSentenceCheck>();
        services.AddSingleton<IEditionCheck, EventCheck>();
        services.AddSingleton<IEditionCheck, ContactCheck>();
        services.AddSingleton<IEditionCheck, LayoutCheck>();
        return services;
    }
}
