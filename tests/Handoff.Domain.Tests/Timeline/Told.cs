using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Stays;
using Handoff.Domain.Timeline;
using Handoff.Domain.Units;

namespace Handoff.Domain.Tests.Timeline;

/// <summary>A stay's facts for timelines, written down one after another.</summary>
internal sealed class Told
{
    public static readonly Unit Unit = new()
    {
        Id = Ward.West,
        Name = "2 West",
        Zone = "America/New_York",
    };

    private readonly List<Fact> facts = [];

    public History History => History.FromFacts(facts);

    /// <param name="at">When it was recorded; when it happened if it isn't given.</param>
    public Guid Add(
        Event happened,
        DateTimeOffset? at = null,
        string stream = "rounding",
        string by = "Ana Reyes",
        Source source = Source.Ui
    )
    {
        var id = NamedId.From("told", $"{facts.Count}");
        var recorded = at ?? happened.OccurredAt;
        facts.Add(
            new(
                facts.Count + 1,
                new(
                    id,
                    stream + "-" + Scenario.TheStay,
                    recorded,
                    new(new(by, by, Role.Nurse), source, id, Unit: Ward.West, Shift: Unit.ShiftAt(happened.OccurredAt)?.Id),
                    happened
                )
            )
        );
        return id;
    }

    public Guid Check(
        string dateAndClock,
        bool isAsleep = true,
        string? remark = null,
        string? recorded = null,
        string place = "Room",
        bool? breathing = true
    )
    {
        var at = Times.On(dateAndClock);
        return Add(
            new SafetyChecked(
                at,
                place,
                isAsleep,
                isAsleep ? breathing : null,
                null,
                EvidenceGrade.None,
                remark,
                DueWindow.After(at, Times.Minutes(15), 0.5)
            ),
            recorded is null ? null : Times.On(recorded)
        );
    }

    public static Event Moved(string dateAndClock) => new Transferred(Times.On(dateAndClock), Ward.West, "1", Ward.West, "2");
}
