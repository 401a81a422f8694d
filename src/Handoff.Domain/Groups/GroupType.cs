namespace Handoff.Domain.Groups;

public enum GroupType
{
    Therapy,
    Recreational,
    Educational,
    Activity,
}
