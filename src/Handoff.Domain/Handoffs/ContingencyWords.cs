namespace Handoff.Domain.Handoffs;

public static class ContingencyWords
{
    /// <summary><c>If elopement: call RN, offer quiet room</c>.</summary>
    public static string Sentence(Condition condition, string then) => $"{condition.Words()}: {then}";

    /// <summary><c>Jordan Kim, night shift</c>.</summary>
    public static string By(string author, string shift) => $"{author}, {shift.ToLowerInvariant()} shift";
}
