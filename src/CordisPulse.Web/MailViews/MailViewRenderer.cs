using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace CordisPulse.Web.MailViews;

/// <summary>Renders the Razor views of mails, which no request asks for.</summary>
internal sealed class MailViewRenderer(IRazorViewEngine engine, ITempDataProvider tempData, IServiceScopeFactory scopes)
{
    /// <param name="path">Such as <c>/MailViews/EditionHtml.cshtml</c>.</param>
    public async Task<string> RenderAsync(string path, object model)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = new ActionContext(new DefaultHttpContext { RequestServices = scope.ServiceProvider }, new RouteData(), new ActionDescriptor());
        var found = engine.GetView(executingFilePath: null, path, isMainPage: true);
        found.EnsureSuccessful(originalLocations: null);
        await using var text = new StringWriter();
        var data = new ViewDataDictionary(new EmptyModelMetadataProvider(), new ModelStateDictionary()) { Model = model };
        await found.View.RenderAsync(new ViewContext(context, found.View, data, new TempDataDictionary(context.HttpContext, tempData), text, new HtmlHelperOptions()));
        return text.ToString();
    }
}
