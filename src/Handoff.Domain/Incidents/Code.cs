namespace Handoff.Domain.Incidents;

public enum Code
{
    Behavioral,
    Medical,
    Security,
    MissingPatient,
    Fire,
}
