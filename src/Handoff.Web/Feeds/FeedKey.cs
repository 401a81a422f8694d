namespace Handoff.Web.Feeds;

/// <summary>A feed's key as it is listed: its beginning, never the whole.</summary>
/// <param name="Feed">The feed that it was made for; null for one that was made on the command line.</param>
/// <param name="MadeBy">Who made it; null for the command line.</param>
/// <param name="LastUsedAt">To about a minute; null if it was not used since that is kept.</param>
public sealed record FeedKey(
    Guid Id,
    string Name,
    Guid? Feed,
    string Beginning,
    DateTimeOffset MadeAt,
    string? MadeBy,
    DateTimeOffset? LastUsedAt,
    DateTimeOffset? RevokedAt,
    string? RevokedBy
);

/// <summary>A key that was made just now, to be shown once.</summary>
/// <param name="Key">What the machine sends in <c>X-Api-Key</c>; null where an earlier answer to the same request has shown it.</param>
public sealed record MadeKey(Guid Id, string Name, string? Key);
