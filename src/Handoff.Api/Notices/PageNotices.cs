using Handoff.Api.Access;
using Handoff.Api.Observations;
using Handoff.Api.Store;
using Handoff.Domain.Access;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Units;
using Handoff.Web.Layout;

namespace Handoff.Api.Notices;

/// <summary>What somebody is told on whatever page they have open. It names no patient, so that no look at a record hides in it.</summary>
public sealed class PageNotices(StateReader states, RoundQuestionCount questions, TimeProvider clock)
{
    /// <summary>Whom any notice could be for.</summary>
    public static bool AreFor(Caller caller) => caller.Actor.May(Permission.HandOver) || caller.Actor.May(Permission.AskAboutRounds);

    /// <param name="units">The caller's.</param>
    /// <param name="path">The page that is open: what it says itself is not said above it.</param>
    public async Task<IReadOnlyList<PageNotice>> ForCaller(
        Caller caller,
        IReadOnlyList<Unit> units,
        string? path,
        CancellationToken cancel
    ) =>
        [
            .. caller.Actor.May(Permission.HandOver) ? await Accepted(caller, units, path, cancel) : [],
            .. caller.Actor.May(Permission.AskAboutRounds)
                ? units
                    .Where(unit => path != Paths.RoundQuestions(unit.Id) && questions.HasNew(caller.Facility, unit.Id))
                    .Select(unit => new PageNotice(
                        "round-question",
                        $"There is a new question about checks on {unit.Name}.",
                        Paths.RoundQuestions(unit.Id),
                        "Read it"
                    ))
                : [],
        ];

    // To whoever gave: that all of it was taken, by whom, and whether anything was left out. Source: FAA JO 7110.65, position relief
    // briefing.
    private async Task<IEnumerable<PageNotice>> Accepted(Caller caller, IReadOnlyList<Unit> units, string? path, CancellationToken cancel)
    {
        var (me, now) = (caller.Staff.Id, clock.GetUtcNow());
        var cares = (await states.CareGivenBy(caller.Facility, units.Select(unit => unit.Id), me, now - AcceptedHandoff.LooksBack, cancel))
            .Select(s => (Care)s.State)
            .ToLookup(care => care.Unit);
        return from unit in units
            where
                path != Paths.Handoff(unit.Id)
                && !cares[unit.Id].Any(care => care.Submitted is { } given && (given.Said.For.Id == me || given.By.Id == me))
            let takers = cares[unit.Id]
                .Select(care => care.Accepted)
                .OfType<AcceptedHandoff>()
                .Where(accepted => accepted.ClosedAt is null && accepted.IsOf(me) && now - accepted.At < AcceptedHandoff.LooksBack)
                .Select(accepted => accepted.To.Name)
                .Distinct()
                .Order(StringComparer.Ordinal)
                .ToList()
            where takers.Count > 0
            select new PageNotice(
                "all-accepted",
                $"All that you gave on {unit.Name} is accepted by {Listed(takers)}. Was anything left out?",
                Paths.Handoff(unit.Id) + "#given",
                "Say what, or that nothing was"
            );
    }

    private static string Listed(List<string> names) =>
        names is [.. var first, var last] && first.Count > 0 ? $"{string.Join(", ", first)} and {last}" : names[0];
}
