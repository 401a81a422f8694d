namespace Handoff.Domain.Stays;

internal static class Because
{
    public static string Of(string? reason) => reason is null ? "" : $" ({reason})";
}
