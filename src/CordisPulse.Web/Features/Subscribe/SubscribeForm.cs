using System.ComponentModel.DataAnnotations;
using CordisPulse.Core.Data;

namespace CordisPulse.Web.Features.Subscribe;

public sealed class SubscribeForm
{
    public string? Email { get; set; }

    [StringLength(Limits.Line, ErrorMessage = "A name has at most {1} characters.")]
    public string? Name { get; set; }

    [StringLength(Limits.Line, ErrorMessage = "The name of an organisation has at most {1} characters.")]
    public string? Organisation { get; set; }
}
