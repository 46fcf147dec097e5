using CordisPulse.Web.Areas.Editor.Checks;
using CordisPulse.Web.Areas.Editor.Import;
using CordisPulse.Web.Areas.Editor.Preview;

namespace CordisPulse.Web.Areas.Editor.Compose;

internal static class ComposeRegistration
{
    public static IServiceCollection AddComposing(this IServiceCollection services)
    {
        services.AddScoped<BoardReader>();
        services.AddScoped<UsualCountsReader>();
        services.AddScoped<ChecksReader>();
        services.AddScoped<TypedChecks>();
        services.AddScoped<MendDesk>();
        services.AddScoped<ComposeReader>();
        services.AddScoped<DraftedForms>();
        services.AddScoped<CopyReader>();
        services.AddScoped<PublishReader>();
        services.AddScoped<EditionPreview>();
        services.AddSingleton<PreviewStyles>();
        services.AddScoped<ImportDesk>();
        services.AddScoped<ImportedFiles>();
        return services;
    }
}
