using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Tasks;

/// <summary>Raise a task under a new UUID.</summary>
/// <param name="Stay">The patient; the unit is then the patient's own.</param>
/// <param name="Unit">The unit's id, where no patient is named.</param>
/// <param name="Owner">A person, or a role of the unit.</param>
public sealed record RaiseTask(
    string? Text,
    TaskOwner? Owner,
    DateTimeOffset? Due,
    Guid? Stay = null,
    string? Unit = null,
    TaskOrigin? From = null
) : Command<CareTask>
{
    public override Permission Permission => Permission.WorkTasks;

    public override IEnumerable<string> Reads(CareTask state, LoadedStates facts) => Whereabouts.Needs(Stay, Unit, facts);

    public override Decision Decide(CareTask state, DecisionContext now)
    {
        var (unit, wrong) = Whereabouts.Find(Stay, Unit, now);
        return state switch
        {
            _ when !StayRules.IsId(Key) => Refusal.Invalid("task-id-invalid", "A task's id is a UUID in small letters.", "task"),
            _ when state.IsKnown() => [],
            _ when wrong is not null => wrong,
            _ when TaskRules.WrongText(Text) is { } refusal => refusal,
            _ when TaskRules.WrongOwner(Owner) is { } refusal => refusal,
            _ when TaskRules.WrongTime(Due, now, "due") is { } refusal => refusal,
            _ when Kernel.Text.TooLong(From?.Line, Kernel.Text.NameLimit, "from") is { } refusal => refusal,
            _ => new TaskRaised(
                unit!.Time().Local(now.Now),
                unit.Id,
                Stay,
                Kernel.Text.Line(Text)!,
                TaskOwner.Clean(Owner)!,
                unit.Time().Local(Due!.Value),
                Origin()
            ),
        };
    }

    private TaskOrigin? Origin() =>
        From is null || (From.Event is null && Kernel.Text.Line(From.Line) is null) ? null : new(From.Event, Kernel.Text.Line(From.Line));
}
