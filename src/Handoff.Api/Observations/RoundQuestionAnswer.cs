namespace Handoff.Api.Observations;

/// <param name="Reason">What was found, or done.</param>
public sealed record RoundQuestionAnswer(string? Reason);
