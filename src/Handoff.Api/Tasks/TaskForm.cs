using Handoff.Api.Access;
using Handoff.Domain.Access;
using Handoff.Domain.Stays;
using Handoff.Domain.Tasks;
using Handoff.Domain.Units;
using Handoff.Web.Tasks;

namespace Handoff.Api.Tasks;

/// <summary>What a form about tasks needs: the unit, the moment, and who may be given one.</summary>
public sealed record TaskForm(Unit Unit, DateTimeOffset Now, IReadOnlyList<OwnerOption> People)
{
    /// <summary>
    /// As the form sends it: <c>role:Nurse</c> or <c>person:…</c>; null for anything else, and for a person who does not work here.
    /// </summary>
    public TaskOwner? Owner(string? sent) =>
        sent?.Split(':', 2) switch
        {
            ["role", var role] when TaskChoices.Roles.FirstOrDefault(r => r.ToString() == role) is var named && named.ToString() == role =>
                new(named),
            ["person", var person] when People.FirstOrDefault(p => p.Person == person) is { } known => new(null, known.Person, known.Name),
            _ => null,
        };
}
