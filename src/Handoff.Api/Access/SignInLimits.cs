using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Handoff.Api.Access;

/// <summary>How often one address may try to sign in.</summary>
public sealed class SignInLimits(IOptions<AccessOptions> options) : IDisposable
{
    private const int AllAccounts = 5;

    private readonly PartitionedRateLimiter<(IPAddress? From, string Account)> limits = PartitionedRateLimiter.CreateChained(
        PartitionedRateLimiter.Create<(IPAddress? From, string Account), (IPAddress?, string)>(one =>
            RateLimitPartition.GetFixedWindowLimiter(one, _ => PerMinute(options.Value.SignInsPerMinute))
        ),
        PartitionedRateLimiter.Create<(IPAddress? From, string Account), IPAddress>(one =>
            RateLimitPartition.GetFixedWindowLimiter(
                one.From ?? IPAddress.None,
                _ => PerMinute(AllAccounts * options.Value.SignInsPerMinute)
            )
        )
    );

    public bool Allows(IPAddress? from, string account)
    {
        using var lease = limits.AttemptAcquire((from, account));
        return lease.IsAcquired;
    }

    public void Dispose() => limits.Dispose();

    private static FixedWindowRateLimiterOptions PerMinute(int tries) =>
        new()
        {
            PermitLimit = tries,
            Window = TimeSpan.FromMinutes(1),
            QueueLimit = 0,
        };
}
