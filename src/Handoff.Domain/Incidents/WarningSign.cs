namespace Handoff.Domain.Incidents;

/// <summary>What was seen before it came to a head.</summary>
public enum WarningSign
{
    Pacing,
    RaisedVoice,
    Threats,
    ClenchedFists,
    Staring,
    Crying,
    Withdrawing,
    HearingVoices,
    ThrowingThings,
    NotAnswering,
}
