using Handoff.Domain.Units;

namespace Handoff.Domain.Handoffs;

public static class SeverityWords
{
    public static string Words(this IllnessSeverity severity) => severity.ToString().ToLowerInvariant();
}
