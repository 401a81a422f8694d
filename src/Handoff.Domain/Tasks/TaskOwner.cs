using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Tasks;

/// <summary>Whose task it is: one person's, or that of whoever works in a role on the unit. One of the two.</summary>
/// <param name="Person">The staff id; <paramref name="Name"/> is what is shown.</param>
public sealed record TaskOwner(Role? Role, string? Person = null, string? Name = null)
{
    public string Words() => Name ?? (Role is { } role ? "any " + role.Words().ToLowerInvariant() : "nobody");

    /// <summary>Whether it is this person's: theirs by name, or by the role that they work in.</summary>
    public bool Is(Staff staff) => Person is null ? Role == staff.Role : Person == staff.Id;

    public static TaskOwner ForStaff(Staff staff) => new(null, staff.Id, staff.Name);

    /// <summary>Without what was not said, and without control characters; null if nobody is named.</summary>
    public static TaskOwner? Clean(TaskOwner? owner) =>
        owner switch
        {
            { Person: { } person } when Text.Line(person) is { } id => new(null, id, Text.Line(owner.Name) ?? id),
            { Role: { } role } => new(role),
            _ => null,
        };
}
