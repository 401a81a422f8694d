namespace Handoff.Api.Access;

/// <summary>Configuration section <c>Access</c>.</summary>
public sealed class AccessOptions
{
    /// <summary>Wrong passwords in a row before an account is locked for a while.</summary>
    public const int Tries = 5;

    /// <summary>
    /// Minutes without a person's own request after which they are signed out (45 CFR 164.312(a)(2)(iii), automatic logoff).
    /// </summary>
    public double IdleMinutes { get; init; } = 30;

    /// <summary>Hours after which everybody signs in again, however busy they were.</summary>
    public double LongestHours { get; init; } = 12;

    /// <summary>Seconds after which a changed role, an ended account or a revoked key has its effect everywhere.</summary>
    public double RecheckSeconds { get; init; } = 10;

    /// <summary>Minutes for which an account is locked after <see cref="Tries"/> wrong passwords.</summary>
    public double LockoutMinutes { get; init; } = 5;

    /// <summary>Sign-ins that one address may try in a minute for one account; five times as many for all accounts together.</summary>
    public int SignInsPerMinute { get; init; } = 120;

    /// <summary>A refused sign-in is answered after this long, whatever was wrong with it.</summary>
    public double RefusalSeconds { get; init; } = 0.5;
}
