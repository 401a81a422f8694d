using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Notes;

/// <summary>Write and sign a note under a new UUID.</summary>
/// <param name="At">When what it tells of was; now if it isn't given.</param>
public sealed record SignNote(Guid? Stay, NoteKind? Kind, string? Text, DateTimeOffset? At = null) : Command<Note>
{
    public override Permission Permission => Permission.WriteNote;

    public override IEnumerable<string> Reads(Note state, LoadedStates facts) => Whereabouts.Needs(Stay, null, facts);

    public override Decision Decide(Note state, DecisionContext now)
    {
        var stay = now.States.Get<Stay>(Stay?.ToString() ?? "");
        return state switch
        {
            _ when !StayRules.IsId(Key) => Refusal.Invalid("note-id-invalid", "A note's id is a UUID in small letters.", "note"),
            _ when state.IsKnown() => [],
            _ when Stay is null => Refusal.Missing("stay", "Say about which patient."),
            _ when !stay.IsKnown() || stay.IsCancelled => StayRules.Unknown,
            _ when !now.By.WorksOn(stay.Where()!.Unit) => Refusal.NotPermitted("unit-not-yours", "You are not assigned to that unit."),
            _ when Kind is null => Refusal.Missing("kind", "Say what kind of note it is."),
            _ when NoteRules.WrongText(Text, "text", "Write the note.") is { } refusal => refusal,
            _ when now.Impossible(At ?? now.Now, stay.AdmittedAt, "at") is { } refusal => refusal,
            _ => new NoteSigned(
                now.States.Get<Unit>(stay.Where()!.Unit).Time().Local(At ?? now.Now),
                stay.Where()!.Unit,
                stay.Id,
                Kind.Value,
                Kernel.Text.Block(Text)!
            ),
        };
    }
}
