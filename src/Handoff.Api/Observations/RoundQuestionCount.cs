using System.Collections.Concurrent;
using Handoff.Web.Observations;

namespace Handoff.Api.Observations;

/// <summary>
/// How many questions about a unit's checks wait for an answer, for pages that only say so. To find them a day of the log is read, so that
/// is done by whoever
/// asks for it and at most once in four minutes; pages take the number that is known.
/// </summary>
public sealed class RoundQuestionCount(RoundQuestionReader reader, TimeProvider clock)
{
    private static readonly TimeSpan Stands = TimeSpan.FromMinutes(4),
        New = TimeSpan.FromMinutes(10),
        Recent = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<(string Facility, string Unit), Known> known = new();

    /// <summary>As it was found last; 0 until somebody has looked.</summary>
    public int OnUnit(string facility, string unit) => known.GetValueOrDefault((facility, unit))?.Open.Count ?? 0;

    /// <summary>Whether one came up in the last minutes.</summary>
    public bool HasNew(string facility, string unit) =>
        known.GetValueOrDefault((facility, unit))?.Open.Values.Any(at => clock.GetUtcNow() - at < New) == true;

    /// <summary>Looks again, unless somebody has within the last four minutes or is looking.</summary>
    public async Task LookAgain(string facility, string unit, CancellationToken cancel)
    {
        var (now, last) = (clock.GetUtcNow(), known.GetValueOrDefault((facility, unit)));
        if (last is null || now - last.At >= Stands)
        {
            // Other pages go by what is known meanwhile.
            known[(facility, unit)] = (last ?? new(now, new Dictionary<Guid, DateTimeOffset>())) with
            {
                At = now,
            };
            Keep(facility, unit, await reader.ForUnit(facility, unit, cancel));
        }
    }

    /// <summary>Takes over what somebody has just read.</summary>
    public void Keep(string facility, string unit, IReadOnlyList<RoundQuestionLine> questions)
    {
        var (now, before) = (clock.GetUtcNow(), known.GetValueOrDefault((facility, unit))?.Open);
        known[(facility, unit)] = new(
            now,
            questions
                .Where(q => q.SeenTo is null)
                .ToDictionary(
                    q => q.Id,
                    q =>
                        before?.TryGetValue(q.Id, out var found) == true ? found
                        : now - q.To < Recent ? now
                        : q.To
                )
        );
    }

    /// <param name="Open">Each with when it came up.</param>
    private sealed record Known(DateTimeOffset At, IReadOnlyDictionary<Guid, DateTimeOffset> Open);
}
