using System.Text.Json.Serialization;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

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
