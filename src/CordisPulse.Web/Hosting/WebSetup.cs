using CordisPulse.Core.Hosting;
using CordisPulse.Web.Areas.Editor;
using CordisPulse.Web.Features;
using CordisPulse.Web.Features.Errors;
using CordisPulse.Web.Features.Unsubscribe;
using CordisPulse.Web.Hosting.Pages;
using CordisPulse.Web.MailViews;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.ObjectPool;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace CordisPulse.Web.Hosting;

/// <summary>MVC, where its views lie, and the order in which a request passes.</summary>
internal static class WebSetup
{
    /// <summary>Room for a pasted edition; larger bodies are refused before they are read. Pages that only staff reach set their own.</summary>
    public const long LargestForm = 4 * 1024 * 1024;

    private const int LongestAddress = 256 * 1024;

    public static void AddPulseWeb(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestForm;
            // A search for a pasted page is an address of that length, and gets an answer.
            kestrel.Limits.MaxRequestLineSize = LongestAddress;
        });
        CheckAddresses(builder.Configuration["urls"]);
        builder.WebHost.UseStaticWebAssets();
        builder.Services
            .AddControllersWithViews(mvc =>
            {
                BindingMessages.Set(mvc.ModelBindingMessageProvider);
                mvc.Filters.Add(new ReadableFormFilter());
                mvc.Filters.Add(new AutoValidateAntiforgeryTokenAttribute());
            })
            // Forms are checked by the server alone, so the attributes that a script would read stay off the pages.
            .AddViewOptions(views => views.HtmlHelperOptions.ClientValidationEnabled = false);
        builder.Services.AddEditorArea();
        builder.Services.Configure<RazorViewEngineOptions>(razor =>
        {
            // A page is a folder: controller, view models and views of a page lie together.
            razor.ViewLocationFormats.Clear();
            razor.ViewLocationFormats.Add("/Features/{1}/{0}.cshtml");
            razor.ViewLocationFormats.Add("/Features/Shared/{0}.cshtml");
            razor.AreaViewLocationFormats.Clear();
            razor.AreaViewLocationFormats.Add("/Areas/{2}/{1}/{0}.cshtml");
            razor.AreaViewLocationFormats.Add("/Areas/{2}/Shared/{0}.cshtml");
            razor.AreaViewLocationFormats.Add("/Features/Shared/{0}.cshtml");
        });
        builder.Services.AddRouting(routing =>
        {
            routing.LowercaseUrls = true;
            routing.ConstraintMap["month"] = typeof(MonthRouteConstraint);
            routing.ConstraintMap["year"] = typeof(YearRouteConstraint);
            routing.ConstraintMap["mailing"] = typeof(MailingRouteConstraint);
        });
        builder.Services.Configure<FormOptions>(form => form.ValueLengthLimit = (int)LargestForm);
        builder.Services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "application/atom+xml", "application/feed+json", "image/svg+xml"];
        });
        builder.Services.AddJoiningLimit();
        builder.Services.AddSingleton<SubscribeLimit>();
        builder.Services.AddSingleton<CommentLimit>();
        builder.Services.AddHealthChecks().AddCheck<DatabaseHealthCheck>("database");
        builder.Services.AddSingleton<ServingAddress>();
        builder.Services.AddSingleton(services => new PublicAddress(() => FindPublicAddress(services)));
        builder.Services.AddPulsePublicSite();
        builder.Services.AddHostedService<FirstStart>();
        builder.Services.AddSingleMails();
        builder.Services.AddSingleton<RequestSettling>();
        builder.Services.AddHostedService<DueWorker<RequestSettling>>();
        builder.Services.AddSingleton<SubscriberUpkeep>();
        builder.Services.AddHostedService<DueWorker<SubscriberUpkeep>>();
        builder.Services.AddSingleton<LinkReader>();
        builder.Services.AddHostedService<DueWorker<LinkReader>>();
        builder.Services.AddSingleton<FeedPolling>();
        builder.Services.AddHostedService<DueWorker<FeedPolling>>();
        builder.Services.AddSingleton<LinkLooking>();
        builder.Services.AddHostedService<DueWorker<LinkLooking>>();
        builder.Services.AddSingleton<LinkWatching>();
        builder.Services.AddHostedService<DueWorker<LinkWatching>>();
        builder.Services.AddSingleton<ListImporting>();
        builder.Services.AddHostedService<DueWorker<ListImporting>>();
        builder.Services.AddSingleton<SearchIndexing>();
        builder.Services.AddHostedService<DueWorker<SearchIndexing>>();
        builder.Services.AddSingleton<PageMemory>();
        builder.Services.AddSingleton<ObjectPool<MemoryStream>>(new DefaultObjectPool<MemoryStream>(new PageBuffers()));
        builder.Services.AddHostedService<PageCompression>();
        builder.Services.AddSingleton<ArchiveCounting>();
        builder.Services.AddHostedService<DueWorker<ArchiveCounting>>();
        builder.Services.AddSingleton<BackupTaking>();
        builder.Services.AddHostedService<DueWorker<BackupTaking>>();
        builder.Services.AddHostedService<AfterStart>();
    }

    public static void UsePulse(this WebApplication app)
    {
        app.UsePageMemory();
        app.UsePulseRequestLogging();
        app.UseProxy();
        app.UsePulseSecurityHeaders();
        app.UseExceptionHandler(ErrorsController.ServerErrorPath);
        app.UseDatabaseAway();
        app.UseStatusCodePagesWithReExecute(ErrorsController.StatusPath);
        app.UseResponseCompression();
        app.Use(WithoutNul);
        app.UseRouting();
        app.UseOneClick();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapStaticAssets().AllowAnonymous();
        app.MapControllers().WithStaticAssets();
    }

    /// <summary>The one sign that no page can show and no reader can type is taken for none.</summary>
    private static Task WithoutNul(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (request.QueryString.Value?.Contains("%00", StringComparison.Ordinal) == true)
            request.Query = new QueryCollection(request.Query.GroupBy(field => Cleaned(field.Key)!, StringComparer.OrdinalIgnoreCase).ToDictionary(
                fields => fields.Key, fields => new StringValues([.. fields.SelectMany(field => field.Value).Select(Cleaned)]), StringComparer.OrdinalIgnoreCase));
        return next(context);

        static string? Cleaned(string? text) => text?.Replace("\0", "", StringComparison.Ordinal);
    }

    /// <exception cref="InvalidSettingException">One of them is not an address that a server can listen on.</exception>
    private static void CheckAddresses(string? urls)
    {
        foreach (var url in urls?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [])
            try
            {
                BindingAddress.Parse(url);
            }
            catch (FormatException)
            {
                throw new InvalidSettingException($"urls is '{urls}'; it must be addresses like http://localhost:5080, with a semicolon between two.");
            }
    }

    private static Uri FindPublicAddress(IServiceProvider services)
    {
        if (services.GetRequiredService<IOptions<SiteOptions>>().Value.PublicUrl is { Length: > 0 } configured)
            return new Uri(configured);
        // A command has no server of its own that listens.
        var listening = services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()
            ?? services.GetRequiredService<ServingAddress>().Read()?.AbsoluteUri
            ?? services.GetRequiredService<IConfiguration>()["urls"]?.Split(';')[0]
            ?? "http://localhost:5000";
        var address = BindingAddress.Parse(listening);
        var host = address.Host is "0.0.0.0" or "[::]" or "*" or "+" ? "localhost" : address.Host;
        return new UriBuilder(address.Scheme, host, address.Port).Uri;
    }
}
