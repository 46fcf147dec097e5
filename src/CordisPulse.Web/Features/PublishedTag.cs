using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CordisPulse.Core.Archive;
using CordisPulse.Core.Hosting;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.Net.Http.Headers;

namespace CordisPulse.Web.Features;

/// <summary>
/// The entity tag of a page of published content: it follows the content's version, the program and its style sheet, and the site's
/// public address. The page's own address is in it, so that a tag proves that this page was there.
/// </summary>
public sealed class PublishedTag(ArchiveQueries archive, PublicAddress address, IFileVersionProvider files)
{
    private static readonly string Program = typeof(PublishedTag).Module.ModuleVersionId.ToString("N");

    public async Task<EntityTagHeaderValue> OfAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var version = await archive.ReadContentVersionAsync(cancellationToken);
        var styles = files.AddFileVersionToPath(request.PathBase, "/css/site.css");
        var made = string.Create(CultureInfo.InvariantCulture, $"{version}\n{Program}\n{styles}\n{address.Base}\n{request.GetEncodedPathAndQuery()}");
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(made)).AsSpan(0, 12));
        // Weak, because a compressed answer is the same page in other bytes.
        return new EntityTagHeaderValue($"\"{hash}\"", isWeak: true);
    }
}
