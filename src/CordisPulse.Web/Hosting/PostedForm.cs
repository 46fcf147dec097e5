namespace CordisPulse.Web.Hosting;

/// <summary>The form of a request, from whoever sent it: there is no saying what stands in it.</summary>
internal static class PostedForm
{
    /// <returns>The form, empty where none was posted; or null with the status that says what was wrong with it.</returns>
    public static async Task<(IFormCollection? Form, int Status)> ReadAsync(HttpRequest request)
    {
        if (!request.HasFormContentType)
            return (FormCollection.Empty, StatusCodes.Status200OK);
        try
        {
            var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
            return form.Any(field => field.Key.Contains('\0', StringComparison.Ordinal) || field.Value.Any(value => value?.Contains('\0', StringComparison.Ordinal) == true))
                ? (null, StatusCodes.Status400BadRequest)
                : (form, StatusCodes.Status200OK);
        }
        catch (BadHttpRequestException e)
        {
            return (null, e.StatusCode);
        }
        // NotSupportedException: an encoding that we do not read.
        catch (Exception e) when (e is InvalidDataException or IOException or NotSupportedException or OperationCanceledException)
        {
            return (null, StatusCodes.Status400BadRequest);
        }
    }
}
