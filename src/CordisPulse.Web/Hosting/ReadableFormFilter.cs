using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace CordisPulse.Web.Hosting;

/// <summary>Refuses a form that can't be read before an action is given an empty one in its place.</summary>
internal sealed class ReadableFormFilter : IAsyncAuthorizationFilter, IOrderedFilter
{
    /// <summary>Behind the limits that an action sets for its form (900), before the antiforgery token is looked for in it (1000).</summary>
    public int Order => 950;

    public async Task OnAuthorizationAsync(AuthorizationFilterContext context)
    {
        if (context.Filters.OfType<AnyBodyAttribute>().Any())
            return;
        var (form, status) = await PostedForm.ReadAsync(context.HttpContext.Request);
        if (form is null)
            context.Result = new StatusCodeResult(status);
    }
}

/// <summary>For what is done, or shown, whatever the body holds. No parameter is bound from it.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class AnyBodyAttribute : Attribute, IResourceFilter
{
    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        context.ValueProviderFactories.RemoveType<FormValueProviderFactory>();
        context.ValueProviderFactories.RemoveType<FormFileValueProviderFactory>();
        context.ValueProviderFactories.RemoveType<JQueryFormValueProviderFactory>();
    }

    public void OnResourceExecuted(ResourceExecutedContext context)
    {
    }
}
