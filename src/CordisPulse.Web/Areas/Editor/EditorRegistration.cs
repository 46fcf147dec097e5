using CordisPulse.Web.Areas.Editor.Compose;
using CordisPulse.Web.Areas.Editor.Dashboard;
using CordisPulse.Web.Areas.Editor.History;
using CordisPulse.Web.Areas.Editor.Intake;
using CordisPulse.Web.Areas.Editor.Links;
using CordisPulse.Web.Areas.Editor.Published;
using CordisPulse.Web.Areas.Editor.Settings;
using CordisPulse.Web.Areas.Editor.SignIn;
using CordisPulse.Web.Areas.Editor.SubscriberImports;
using CordisPulse.Web.Areas.Editor.Work;

namespace CordisPulse.Web.Areas.Editor;

internal static class EditorRegistration
{
    public static IServiceCollection AddEditorArea(this IServiceCollection services)
    {
        services.AddSingleton<UnknownAddresses>();
        services.AddScoped<PasswordSignIn>();
        services.AddSingleton<HeldForms>();
        services.AddScoped<DashboardReader>();
        services.AddScoped<HistoryReader>();
        services.AddScoped<PublishedReader>();
        services.AddComposing();
        services.AddScoped<IntakeReader>();
        services.AddScoped<LinksReader>();
        services.AddScoped<SuggestionReader>();
        services.AddScoped<SourceReader>();
        services.AddScoped<WorkReader>();
        services.AddScoped<SubscriberImportDesk>();
        services.AddSingleton<SearchWords>();
        return services;
    }
}
