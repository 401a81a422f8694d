using System.Globalization;
using Handoff.Domain.Access;
using Handoff.Domain.Stays;
using Handoff.Domain.Tasks;
using Handoff.Domain.Units;

namespace Handoff.Web.Tasks;

/// <summary>A task and, where it is about one, its patient.</summary>
public sealed record TaskLine(CareTask Task, Stay? Patient = null)
{
    public string? Bed => Patient?.Where()?.Bed;

    public string? Name => Patient?.Patient.Name();
}

/// <summary>Somebody who may be given a task.</summary>
public sealed record OwnerOption(string Person, string Name, Role Role);
