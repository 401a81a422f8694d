namespace Handoff.Api.Access;

/// <summary>
/// The clock by which cookies, tokens and lockouts end. It is the service's own, except in training: there the service's clock stands and
/// leaps,
/// and somebody's session must neither last for ever nor end with a leap.
/// </summary>
public sealed record SignInClock(TimeProvider Time);
