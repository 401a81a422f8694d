using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Status;

/// <summary>Record how a patient is, in one part of their behaviour.</summary>
/// <param name="Intensity">0 none, 1 mild, 2 moderate, 3 severe.</param>
/// <param name="At">When; now if it isn't given.</param>
public sealed record ObserveBehavior(
    BehaviorDomain? Domain,
    string? Descriptor,
    int? Intensity,
    string? Quote = null,
    DateTimeOffset? At = null
) : Command<PatientStatus>
{
    public override Permission Permission => Permission.Observe;

    public override IEnumerable<string> Reads(PatientStatus state, LoadedStates facts) => StatusRules.NeedsUnit(state);

    public override Decision Decide(PatientStatus state, DecisionContext now) =>
        state switch
        {
            _ when StatusRules.Wrong(state, At ?? now.Now, now) is { } refusal => refusal,
            _ when Text.Line(Descriptor) is null && Domain is not null => Refusal.Missing(
                "descriptor",
                "Say what you saw, in a word or two."
            ),
            _ when Behavior.Wrong(Domain, Descriptor, Intensity) is { } refusal => refusal,
            _ when Text.TooLong(Text.Line(Quote), Text.RemarkLimit, "quote") is { } refusal => refusal,
            _ when state.Observations.Any(o =>
                    o.At == At
                    && (o.Domain, o.Descriptor, o.Intensity, o.Quote) == (Domain, Text.Line(Descriptor), Intensity, Text.Line(Quote))
                ) => [],
            _ => new BehaviorObserved(
                StatusRules.At(state, At, now),
                Domain!.Value,
                Text.Line(Descriptor)!,
                Intensity!.Value,
                Text.Line(Quote),
                state.BaselineOf(Domain.Value)?.Intensity
            ),
        };
}
