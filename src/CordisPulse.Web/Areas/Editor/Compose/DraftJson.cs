using System.Text.Encodings.Web;
using System.Text.Json;

namespace CordisPulse.Web.Areas.Editor.Compose;

/// <summary>How a form is written as a draft.</summary>
internal static class DraftJson
{
    /// <summary>The limit of a draft counts its characters, so that letters of any language stay one each.</summary>
    public static JsonSerializerOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
