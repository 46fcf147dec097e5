using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace CordisPulse.Web.Hosting;

/// <summary>Renders the views of mails, which no request asks for.</summary>
internal sealed class RazorMailRenderer(IRazorViewEngine engine, ITempDataProvider tempData, IServiceScopeFactory scopes)
{
    public async Task<string> RenderAsync(string path, object model)
    {
        var found = engine.GetView(executingFilePath: null, path, isMainPage: true);
        if (!found.Success)
            throw new InvalidOperationException($"There is no view {path}.");
        await using var scope = scopes.CreateAsyncScope();
        var action = new ActionContext(new DefaultHttpContext { RequestServices = scope.ServiceProvider }, new RouteData(), new ActionDescriptor());
        var data = new ViewDataDictionary(new EmptyModelMetadataProvider(), new ModelStateDictionary()) { Model = model };
        await using var writer = new StringWriter();
        await found.View.RenderAsync(
            new ViewContext(action, found.View, data, new TempDataDictionary(action.HttpContext, tempData), writer, new HtmlHelperOptions()));
        return writer.ToString();
    }
}
