namespace Handoff.Domain.Stays;

internal static class Because
{
    public static string Reason(string? reason) => reason is null ? "" : $" ({reason})";
}
