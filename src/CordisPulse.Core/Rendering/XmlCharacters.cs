using System.Text;
using System.Xml;

namespace CordisPulse.Core.Rendering;

public static class XmlCharacters
{
    /// <summary>Without the characters that XML 1.0 has no way to write.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (!rune.IsBmp || XmlConvert.IsXmlChar((char)rune.Value))
                clean.Append(rune);
        return clean.ToString();
    }
}
