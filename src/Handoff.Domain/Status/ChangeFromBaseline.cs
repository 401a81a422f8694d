using Handoff.Domain.Access;

namespace Handoff.Domain.Status;

/// <summary>How a patient is in one domain, beside how they usually are.</summary>
public sealed record ChangeFromBaseline(Observed Now, Baseline? Usual)
{
    public BehaviorDomain Domain => Now.Domain;

    public Change Change => Behavior.Compare(Now.Intensity, Usual?.Intensity);

    /// <summary>As on the board: <c>mood ↓ worse</c>; without a baseline, how much: <c>mood severe</c>.</summary>
    public string Words =>
        Change is Change.Unknown
            ? $"{Domain.Words()} {Behavior.Words(Now.Intensity)}"
            : $"{Domain.Words()} {Change.Arrow()} {Change.Words()}";

    /// <summary>Better or worse than usual; without a baseline, only what is severe.</summary>
    public bool IsNotable() => Change is Change.Better or Change.Worse || (Change is Change.Unknown && Now.Intensity == Behavior.Most);

    internal int Weight() =>
        Change switch
        {
            Change.Better => 0,
            Change.Worse => 10 + Now.Intensity - Usual!.Intensity,
            _ => Now.Intensity,
        };
}
