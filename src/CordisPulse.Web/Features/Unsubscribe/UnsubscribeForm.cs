using CordisPulse.Core.Subscriptions;

namespace CordisPulse.Web.Features.Unsubscribe;

public sealed class UnsubscribeForm
{
    public string? Email { get; set; }
}

/// <param name="Token">The one of the page's own address; no other link holds it.</param>
public sealed record LeavePage(string Token, TokenHolder Holder);
