using CordisPulse.Web.Areas.Editor.SignIn;

namespace CordisPulse.Web.Areas.Editor;

internal static class EditorRegistration
{
    public static IServiceCollection AddEditorArea(this IServiceCollection services)
    {
        services.AddSingleton<UnknownAddresses>();
        services.AddScoped<PasswordSignIn>();
        return services;
    }
}
