namespace Handoff.Api.Simulation;

/// <summary>How a deed was answered.</summary>
/// <param name="Code">The refusal's code; null if the deed was acknowledged.</param>
/// <param name="Took">From the last sending to its answer.</param>
/// <param name="Sendings">How often it was sent.</param>
/// <param name="Written">What the answer to a command says was written; null for the feed's messages.</param>
public sealed record Outcome(string? Code, TimeSpan Took, int Sendings, Written? Written = null)
{
    /// <summary>The service did not answer within the patience; nobody knows what became of it.</summary>
    public const string Unanswered = "unanswered";

    /// <summary>The service broke over it.</summary>
    public const string Broken = "failure";

    public bool IsAcknowledged => Code is null;
}

/// <summary>The run can't go on, in words for whoever started it.</summary>
public sealed class SimulationException(string says) : Exception(says);
