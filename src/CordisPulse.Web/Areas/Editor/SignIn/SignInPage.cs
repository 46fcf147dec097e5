using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace CordisPulse.Web.Areas.Editor.SignIn;

/// <summary>The page to sign in on, as the answer to a request for another.</summary>
internal static class SignInPage
{
    /// <param name="http">The request.</param>
    /// <param name="held">The form that was sent, as <see cref="HeldForms.HoldAsync"/> seals it.</param>
    /// <param name="hadFile">Whether a file was sent with it.</param>
    public static Task ShowAsync(HttpContext http, string held, bool hadFile)
    {
        var route = new RouteData { Values = { ["area"] = "Editor", ["controller"] = "SignIn", ["action"] = nameof(SignInController.Show) } };
        var metadata = http.RequestServices.GetRequiredService<IModelMetadataProvider>();
        var view = new ViewResult
        {
            ViewName = nameof(SignInController.Show),
            ViewData = new ViewDataDictionary<SignInForm>(metadata, new ModelStateDictionary()) { Model = new SignInForm { Held = held, HadFile = hadFile } },
        };
        return view.ExecuteResultAsync(new ActionContext(http, route, new ActionDescriptor()));
    }
}
