namespace Handoff.Domain.Incidents;

public sealed record StepInError(string Reason, string By);
