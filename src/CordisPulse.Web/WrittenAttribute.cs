using System.ComponentModel.DataAnnotations;
using CordisPulse.Core;

namespace CordisPulse.Web;

/// <summary>Required, and something that can be seen.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class WrittenAttribute : RequiredAttribute
{
    public override bool IsValid(object? value) => value is string text && VisibleText.IsIn(text);
}
