using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Feeds;

/// <summary>A machine may send for a feed from now on.</summary>
/// <param name="Name">As what it sends is signed.</param>
[Stored("feed_key_made")]
public sealed record FeedKeyMade(DateTimeOffset OccurredAt, Guid Id, Guid Feed, string Name) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"A key was made for a feed of admissions: {Name}.";

    public override Significance Significance() => Kernel.Significance.Notable;
}

/// <summary>Whoever has the key sends no more.</summary>
[Stored("feed_key_revoked")]
public sealed record FeedKeyRevoked(DateTimeOffset OccurredAt, Guid Id, string Name, string Reason) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"The key {Name} of a feed of admissions was revoked: {Reason}";

    public override Significance Significance() => Kernel.Significance.Notable;
}

/// <summary>
/// Say that a key is made for a feed. Whether it stands is kept where keys are, so that a facility's log shows who let whom in.
/// </summary>
/// <param name="Standing">The names of the keys that stand: a message's entry must tell by which it came.</param>
[Internal]
public sealed record MakeFeedKey(Guid Id, Guid Feed, string? Name, IReadOnlyCollection<string>? Standing = null) : Command<Facility>
{
    public override Permission Permission => Permission.ConfigureFacility;

    public override IEnumerable<string> Reads(Facility state, LoadedStates facts) => [StreamId.For(StateKind<Feed>.Name, Feed)];

    public override Decision Decide(Facility state, DecisionContext now) =>
        Text.Line(Name) switch
        {
            _ when !now.States.Get<Feed>(Feed.ToString()).IsKnown => FeedRules.Unknown,
            null => Refusal.Missing("name", "Give the key a name, such as the feed’s own."),
            var name when Text.TooLong(name, FeedRules.LongestName, "name") is { } refusal => refusal,
            var name when Standing?.Contains(name, StringComparer.OrdinalIgnoreCase) == true => Refusal.Invalid(
                "key-name-taken",
                "A key with that name stands already. Give this one another name, or revoke the other first.",
                "name"
            ),
            var name => new FeedKeyMade(now.Now, Id, Feed, name),
        };
}
