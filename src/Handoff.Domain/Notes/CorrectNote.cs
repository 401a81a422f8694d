using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;

namespace Handoff.Domain.Notes;

/// <summary>Put right what the note says. Only its author does; anybody else adds an addendum.</summary>
public sealed record CorrectNote(string? Text, string? Reason) : Command<Note>
{
    public override Permission Permission => Permission.WriteNote;

    public override IEnumerable<string> Reads(Note state, LoadedStates facts) => NoteRules.Needs(state);

    public override Decision Decide(Note state, DecisionContext now) =>
        state switch
        {
            _ when NoteRules.NotStanding(state) is { } refusal => refusal,
            _ when NoteRules.NotTheirs(state, now) is { } refusal => refusal,
            _ when NoteRules.WrongText(Text, "text", "Write what the note should say.") is { } refusal => refusal,
            _ when Kernel.Text.Block(Text) == state.Current()!.Text => [],
            _ when NoteRules.WrongReason(Reason) is { } refusal => refusal,
            _ => new NoteCorrected(NoteRules.At(state, now), Kernel.Text.Block(Text)!, Kernel.Text.Line(Reason)!, state.Kind),
        };
}
