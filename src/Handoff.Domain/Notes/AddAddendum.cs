using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Notes;

/// <summary>Add to a note what was not known or not said.</summary>
public sealed record AddAddendum(string? Text) : Command<Note>
{
    public override Permission Permission => Permission.WriteNote;

    public override IEnumerable<string> Reads(Note state, LoadedStates facts) => NoteRules.Needs(state);

    public override Decision Decide(Note state, DecisionContext now) =>
        (NoteRules.NotStanding(state) ?? NoteRules.WrongText(Text, "text", "Write the addendum.")) is { } refusal
            ? refusal
            : new NoteAddendumAdded(NoteRules.At(state, now), Kernel.Text.Block(Text)!);
}
