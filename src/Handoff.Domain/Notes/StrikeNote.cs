using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;

namespace Handoff.Domain.Notes;

/// <summary>Say that the note should not be here: it is of another patient, or it is not so. It stays readable, struck through.</summary>
public sealed record StrikeNote(string? Reason) : Command<Note>
{
    public override Permission Permission => Permission.WriteNote;

    public override IEnumerable<string> Reads(Note state, LoadedStates facts) => NoteRules.Needs(state);

    public override Decision Decide(Note state, DecisionContext now) =>
        state switch
        {
            { Error: not null } => [],
            _ when NoteRules.NotStanding(state) is { } refusal => refusal,
            _ when NoteRules.NotTheirs(state, now) is { } refusal => refusal,
            _ when NoteRules.WrongReason(Reason) is { } refusal => refusal,
            _ => new NoteEnteredInError(NoteRules.At(state, now), Text.Line(Reason)!),
        };
}
