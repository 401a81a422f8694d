namespace Handoff.Domain.Incidents;

public enum Party
{
    ChargeNurse,
    Provider,
    Supervisor,
    Family,
    Guardian,
    Security,
    Police,
    RiskManagement,
}
