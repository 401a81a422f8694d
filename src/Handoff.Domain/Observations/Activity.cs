using System.Text.Json.Serialization;

namespace Handoff.Domain.Observations;

public enum Activity
{
    Calm,
    Talking,
    Eating,
    InGroup,
    WithStaff,
    Watching,
    Bathing,
    Toileting,
    Pacing,
    Restless,
    Agitated,
    Tearful,
    Withdrawn,
    Other,
}
