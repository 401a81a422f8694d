using Handoff.Domain.Kernel;

namespace Handoff.Api;

/// <summary>An instant in an address: ISO 8601 with an offset or Z; a local time would be anybody's guess.</summary>
internal static class Instant
{
    private static readonly string[] Forms = ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>
    /// The past instant that a request asks for as <c>at</c>; null without one. What can't be read, or has not come yet, is refused.
    /// </summary>
    public static (DateTimeOffset? At, Refusal? Refusal) Asked(string? at, TimeProvider clock) =>
        at is null ? (null, null)
        : !TryRead(at, out var instant) ? (null, Refusal.Invalid("time-invalid", "Write the instant as 2026-11-21T14:32:08Z.", "at"))
        : instant > clock.GetUtcNow() + DecisionContext.ClockSkew
            ? (
                null,
                Refusal.Invalid("time-in-future", "That time has not come yet. Things can be shown as they stood, not as they will.", "at")
            )
        : (instant, null);

    public static bool TryRead(string? text, out DateTimeOffset instant)
    {
        instant = default;
        return text is [.., 'Z'] or [.., '+' or '-' or ' ', _, _, ':', _, _]
            && DateTimeOffset.TryParseExact(
                text.Replace(' ', '+'),
                Forms,
                System.Globalization.CultureInfo.InvariantCulture,
                System.Globalization.DateTimeStyles.None,
                out instant
            )
            && instant.Year is > 1900 and < 9999;
    }
}
