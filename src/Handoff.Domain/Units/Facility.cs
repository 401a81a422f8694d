using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Units;

// Events

[Stored("facility_opened")]
public sealed record FacilityOpened(DateTimeOffset OccurredAt, string Name) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"{Name} opened.";
}

[Stored("scope_changed")]
public sealed record ScopeChanged(DateTimeOffset OccurredAt, Permission Permission, IReadOnlyList<Role> Roles) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        Roles.Count == 0
            ? $"Nobody may {Permission.Words()} any more."
            : $"{string.Join(", ", Roles.Select(r => r.Words()))} may {Permission.Words()}.";
}

/// <summary>What should have followed from an entry could not be done, and somebody decided that it needn't be.</summary>
/// <param name="What">The reaction's name.</param>
/// <param name="Because">The stream of the entry.</param>
/// <param name="Position">The entry's place in the log.</param>
[Stored("owed_given_up")]
public sealed record OwedGivenUp(DateTimeOffset OccurredAt, string What, string Because, long Position, string Reason) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"What {What} owed because of entry {Position} on {Because} was given up: {Reason}";

    public override Gravity Gravity() => Kernel.Gravity.Notable;
}

// State

/// <summary>One hospital or residence: one tenant, one log. Its stream is <c>facility-main</c>.</summary>
[Stored("facility")]
public sealed record Facility : State
{
    /// <summary>A facility has one facility stream, under this key.</summary>
    public const string OnlyKey = "main";

    public string? Name { get; init; }

    /// <summary>Only what differs from <see cref="ScopeOfPractice.Usual"/>.</summary>
    public IReadOnlyDictionary<Permission, IReadOnlyList<Role>> Scope { get; init; } = new Dictionary<Permission, IReadOnlyList<Role>>();

    public IReadOnlyList<Role> Who(Permission may) => Scope.TryGetValue(may, out var roles) ? roles : ScopeOfPractice.Usual[may];

    public IReadOnlySet<Permission> Of(Role role) => Enum.GetValues<Permission>().Where(p => Who(p).Contains(role)).ToHashSet();

    public override State Evolve(Recorded fact) =>
        fact.Event switch
        {
            FacilityOpened e => this with { Name = e.Name },
            ScopeChanged e => this with { Scope = new Dictionary<Permission, IReadOnlyList<Role>>(Scope) { [e.Permission] = e.Roles } },
            _ => this,
        };
}

// Commands

public sealed record OpenFacility(string? Name) : Command<Facility>
{
    public override Permission Permission => Permission.ConfigureFacility;

    public override Decision Decide(Facility state, Situation now) =>
        Text.Line(Name) switch
        {
            _ when Key != Facility.OnlyKey => FacilityRules.Unknown,
            null => Refusal.Missing("name", "Give the facility a name."),
            { Length: > Text.NameLimit } name => Text.TooLong(name, Text.NameLimit, "name")!,
            var name when name == state.Name => [],
            var name => new FacilityOpened(now.Now, name),
        };
}

/// <summary>Give a permission to exactly these roles.</summary>
public sealed record ChangeScope(Permission? May, IReadOnlyList<Role>? Roles) : Command<Facility>
{
    public override Permission Permission => Permission.ConfigureFacility;

    public override Decision Decide(Facility state, Situation now) =>
        (May, Roles) switch
        {
            _ when Key != Facility.OnlyKey => FacilityRules.Unknown,
            (null, _) => Refusal.Missing("may", "Say which permission changes."),
            (_, null) => Refusal.Missing("roles", "Say which roles have it. An empty list means nobody."),
            (Permission.ConfigureFacility, _) when Roles.All(r => r is Role.Display or Role.Integration or Role.Feed) => new Refusal(
                "scope-locks-everyone-out",
                "Somebody must be able to change the scope of practice.",
                "roles"
            ),
            var (may, roles) when roles.Contains(Role.Feed) && !ScopeOfPractice.OfFeed.Contains(may.Value) => new Refusal(
                "feed-only-sends",
                "A feed's key sends admissions and can do nothing else. Give the machine another key.",
                "roles"
            ),
            var (may, roles) when state.Who(may.Value).Order().SequenceEqual(roles.Distinct().Order()) => [],
            var (may, roles) => new ScopeChanged(now.Now, may.Value, [.. roles.Distinct().Order()]),
        };
}

/// <summary>Say that something which could not be done needn't be done any more.</summary>
[Internal]
public sealed record GiveUpOwed(string What, string Because, long Position, string? Reason) : Command<Facility>
{
    public override Permission Permission => Permission.WatchService;

    public override Decision Decide(Facility state, Situation now) =>
        Text.Block(Reason) switch
        {
            null => Refusal.Missing("reason", "Say why it needn't be done."),
            var reason when Text.TooLong(reason, Text.RemarkLimit, "reason") is { } refusal => refusal,
            var reason => new OwedGivenUp(now.Now, What, Because, Position, reason),
        };
}

internal static class FacilityRules
{
    public static readonly Refusal Unknown = Refusal.NotFound(
        "facility-unknown",
        $"There is one facility here; its id is {Facility.OnlyKey}."
    );
}
