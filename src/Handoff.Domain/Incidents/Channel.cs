namespace Handoff.Domain.Incidents;

public enum Channel
{
    InPerson,
    Phone,
    Page,
    Message,
}
