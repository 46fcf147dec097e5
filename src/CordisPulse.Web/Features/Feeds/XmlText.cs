using System.Text;
using System.Xml;

namespace CordisPulse.Web.Features.Feeds;

internal static class XmlText
{
    /// <summary>A document in UTF-8 that says so.</summary>
    public static string Write(Action<XmlWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true }))
            write(writer);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
