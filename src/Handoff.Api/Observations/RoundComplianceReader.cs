using Handoff.Api.Stays;
using Handoff.Api.Store;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Web.Observations;

namespace Handoff.Api.Observations;

/// <summary>How many looks of the last day were in time, of each patient who is on a unit now.</summary>
public sealed class RoundComplianceReader(IBoardOrder boards, StateReader reader, TimeProvider clock)
{
    private static readonly TimeSpan Back = TimeSpan.FromDays(1);

    /// <summary>In the order of the board; null if there is no such unit.</summary>
    public async Task<IReadOnlyList<RoundComplianceLine>?> ForUnit(string facility, string unit, CancellationToken cancel)
    {
        if (await boards.Patients(facility, unit, cancel) is not { } patients)
        {
            return null;
        }

        var now = clock.GetUtcNow();
        var histories = await reader.Load(facility, [.. patients.Select(patient => History(patient.Stay))], cancel);
        return
        [
            .. patients.Select(patient => new RoundComplianceLine(
                patient.Stay,
                patient.Name,
                patient.Bed,
                RoundCompliance.FromHistory((RoundingHistory)histories[History(patient.Stay)].State, now - Back, now, now)
            )),
        ];
    }

    private static string History(Guid stay) => StreamId.For(StateKind<RoundingHistory>.Name, stay.ToString());
}
