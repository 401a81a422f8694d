using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Units;

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

    public override Significance Significance() => Kernel.Significance.Notable;
}

/// <summary>One hospital or residence: one tenant, one log. Its stream is <c>facility-main</c>.</summary>
[Stored("facility")]
public sealed record Facility : State
{
    /// <summary>A facility has one facility stream, under this key.</summary>
    public const string OnlyKey = "main";

    public string? Name { get; init; }

    /// <summary>Only what differs from <see cref="Permission.Usual"/>.</summary>
    public IReadOnlyDictionary<Permission, IReadOnlyList<Role>> Scope { get; init; } = new Dictionary<Permission, IReadOnlyList<Role>>();

    public IReadOnlyList<Role> Who(Permission may) => Scope.TryGetValue(may, out var roles) ? roles : may.Usual;

    public IReadOnlySet<Permission> PermissionsOf(Role role) => Permission.All.Where(p => Who(p).Contains(role)).ToHashSet();

    public override State Evolve(EventEnvelope fact) =>
        fact.Event switch
        {
            FacilityOpened e => this with { Name = e.Name },
            ScopeChanged e => this with { Scope = new Dictionary<Permission, IReadOnlyList<Role>>(Scope) { [e.Permission] = e.Roles } },
            _ => this,
        };
}

internal static class FacilityRules
{
    public static readonly Refusal Unknown = Refusal.NotFound(
        "facility-unknown",
        $"There is one facility here; its id is {Facility.OnlyKey}."
    );
}
