using CordisPulse.Core.Subscriptions;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace CordisPulse.Web.Areas.Editor.SignIn;

/// <summary>Counts the failures of addresses that have no account, so that they rest as an account would. Bounded, and gone with the process.</summary>
public sealed class UnknownAddresses(IOptions<IdentityOptions> identity) : IDisposable
{
    private const int Most = 10_000;

    private readonly MemoryCache _failures = new(new MemoryCacheOptions { SizeLimit = Most });

    /// <returns>True when the address rests now.</returns>
    public bool Fails(string normalizedEmail)
    {
        var lockout = identity.Value.Lockout;
        // Typed addresses can be secrets (a password in the wrong field), so they are not kept as they are.
        var count = _failures.GetOrCreate(SecretToken.Hash(normalizedEmail), entry =>
        {
            entry.Size = 1;
            entry.AbsoluteExpirationRelativeToNow = lockout.DefaultLockoutTimeSpan;
            return new Counter();
        })!;
        return count.Raise() >= lockout.MaxFailedAccessAttempts;
    }

    public void Dispose() => _failures.Dispose();

    private sealed class Counter
    {
        private int _value;

        public int Raise() => Interlocked.Increment(ref _value);
    }
}
