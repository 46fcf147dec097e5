using System.Xml;
using System.Xml.Linq;
using CordisPulse.Core.Hosting;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Data;

/// <summary>
/// Keys of cookies and forms lay in a folder (<c>keys</c> in the data directory) before they came into the database. They are taken over at a start, so that nobody
/// is signed out by an upgrade; the files stay for a node of the former version.
/// </summary>
public sealed class FormerKeyFiles(DataDirectory data)
{
    private const string Folder = "keys";

    public async Task TakeOverAsync(PulseDbContext db, CancellationToken cancellationToken)
    {
        var folder = data.File(Folder);
        if (!Directory.Exists(folder) || await db.DataProtectionKeys.AnyAsync(cancellationToken))
            return;
        foreach (var file in Directory.EnumerateFiles(folder, "*.xml").Order(StringComparer.Ordinal))
        {
            try
            {
                var key = XElement.Parse(await File.ReadAllTextAsync(file, cancellationToken));
                db.DataProtectionKeys.Add(new DataProtectionKey { FriendlyName = Path.GetFileNameWithoutExtension(file), Xml = key.ToString(SaveOptions.DisableFormatting) });
            }
            catch (XmlException)
            {
                // A damaged key opens nothing, here or there.
            }
        }

        await db.SaveChangesAsync(cancellationToken);
    }
}
