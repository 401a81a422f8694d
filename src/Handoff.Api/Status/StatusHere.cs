using Handoff.Api.Access;
using Handoff.Api.Store;
using Handoff.Domain.Kernel;
using Handoff.Domain.Status;
using Handoff.Domain.Units;

namespace Handoff.Api.Status;

/// <summary>Where a form was sent to, and when.</summary>
internal sealed record StatusHere(string Key, PatientStatus Status, UnitTime Time, DateTimeOffset Now, RouteValueDictionary Address)
{
    public static async Task<StatusHere> ForRequest(Guid stay, HttpContext context, Caller caller, Log log, TimeProvider clock)
    {
        var status = await log.State<PatientStatus>(caller.Facility, stay.ToString(), context.RequestAborted);
        var unit = await log.State<Unit>(caller.Facility, status.Unit ?? "", context.RequestAborted);
        return new(stay.ToString(), status, unit.Time(), clock.GetUtcNow(), context.Request.RouteValues);
    }

    public BehaviorDomain? Domain() =>
        Enum.GetValues<BehaviorDomain>().Cast<BehaviorDomain?>().FirstOrDefault(d => d!.Value.Words() == (string)Address["domain"]!);

    public Guid? Id(string name) => Guid.Parse((string)Address[name]!);
}
