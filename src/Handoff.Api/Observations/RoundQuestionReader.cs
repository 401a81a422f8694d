using Handoff.Api.Access;
using Handoff.Api.Store;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Units;
using Handoff.Web.Observations;

namespace Handoff.Api.Observations;

/// <summary>Finds what is to be asked about a unit's checks of the last day, and whether somebody has.</summary>
public sealed class RoundQuestionReader(LogReader log, Log states, StateReader reader, AccessLog looks, TimeProvider clock)
{
    private static readonly TimeSpan Back = TimeSpan.FromDays(1);

    /// <summary>No more entries than these are read; where a day has more, only the latest are asked about.</summary>
    private const int Most = 100_000;

    // What a page left open reads by itself says nothing of its user.
    private static readonly AccessPurpose[] ByHand =
    [
        AccessPurpose.Stay,
        AccessPurpose.AsOf,
        AccessPurpose.Timeline,
        AccessPurpose.Handoff,
        AccessPurpose.Incident,
        AccessPurpose.Tasks,
        AccessPurpose.Concern,
        AccessPurpose.Notes,
        AccessPurpose.Group,
        AccessPurpose.Mine,
        AccessPurpose.Meeting,
        AccessPurpose.SignIn,
    ];

    /// <summary>By time. Those that concern a check on the unit, also where the person is on another unit as well.</summary>
    public async Task<List<RoundQuestionLine>> ForUnit(string facility, string unit, CancellationToken cancel)
    {
        var since = clock.GetUtcNow() - Back;
        var (checks, doings, people) = await Made(facility, since, cancel);
        var mine = checks.Where(c => c.Unit == unit).Select(c => c.Person).ToHashSet();
        doings.AddRange((await looks.Since(facility, mine, ByHand, since, cancel)).Select(look => new Doing(look.UserId, look.At)));
        var asked = RoundQuestions.Ask([.. checks.Where(c => mine.Contains(c.Person))], doings).Where(q => q.Unit == unit).ToList();
        var answers = await reader.Load(
            facility,
            [.. asked.Select(q => StreamId.For(StateKind<RoundQuestion>.Name, q.Id.ToString()))],
            cancel
        );
        var time = (await states.State<Unit>(facility, unit, cancel)).Time();
        return
        [
            .. asked.Select(q =>
                Line(q, people[q.Person], (RoundQuestion)answers[StreamId.For(StateKind<RoundQuestion>.Name, q.Id.ToString())].State, time)
            ),
        ];
    }

    private async Task<(List<CheckTrace> Checks, List<Doing> Doings, Dictionary<string, string> People)> Made(
        string facility,
        DateTimeOffset since,
        CancellationToken cancel
    )
    {
        var (made, doings, people, taken) = (
            new Dictionary<Guid, CheckTrace>(),
            new List<Doing>(),
            new Dictionary<string, string>(),
            new HashSet<Guid>()
        );
        var from = Math.Max(await log.PositionAt(facility, since, cancel), await log.Head(facility, cancel) - Most);
        await foreach (var logged in log.After(facility, from, Most, cancel))
        {
            var (fact, envelope) = (logged.Recorded, logged.Recorded.Envelope);
            if (envelope.Source is not (Source.Ui or Source.Offline) || envelope.By.Role is Role.Integration)
            {
                continue;
            }

            people[envelope.By.Id] = envelope.By.Name;
            doings.Add(new(envelope.By.Id, fact.At));
            if (fact.Event is SafetyChecked check && envelope is { Unit: { } unit, Stays: [var stay, ..] })
            {
                made[fact.Id] = new(
                    fact.Id,
                    stay,
                    unit,
                    check.Place,
                    check.OccurredAt,
                    fact.At,
                    envelope.By.Id,
                    envelope.Source == Source.Offline
                );
            }
            else if (fact.Event is CheckEnteredInError wrong)
            {
                taken.Add(wrong.Check);
            }
        }

        return ([.. made.Values.Where(c => !taken.Contains(c.Check))], doings, people);
    }

    private static RoundQuestionLine Line(RoundQuestionAsked asked, string name, RoundQuestion state, UnitTime time) =>
        new(
            asked.Id,
            asked.Kind,
            asked.Sentence(time),
            name,
            time.Local(asked.From),
            time.Local(asked.To),
            asked.Checks,
            asked.Stays,
            state.SeenToAt is { } at ? new(time.Local(at), state.By!, state.Reason!) : null
        )
        {
            Asked = asked,
        };
}
