using System.ComponentModel.DataAnnotations;
using CordisPulse.Core.Rendering;

namespace CordisPulse.Web;

/// <summary>What something is called, not where it is: a link that was pasted one field too early is no name.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NameAttribute() : ValidationAttribute(Refusal)
{
    internal const string Refusal = "This is an address, which belongs in the field of the link. Enter a name.";

    public override bool IsValid(object? value) => !MarkdownRenderer.IsWebLink((value as string)?.Trim());
}
