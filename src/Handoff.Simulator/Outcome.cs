namespace Handoff.Simulator;

/// <summary>How a deed was answered.</summary>
/// <param name="Code">The refusal's code; null if the deed was acknowledged.</param>
/// <param name="Took">From the last sending to its answer.</param>
/// <param name="Sendings">How often it was sent.</param>
/// <param name="Written">What the answer to a command says was written; null for the feed's messages.</param>
/// <param name="IsBroken">The service answered that something broke in it: a status of 500 or more.</param>
/// <param name="Acks">What a careless feed's message, or each of its batch, was answered.</param>
public sealed record Outcome(
    string? Code,
    TimeSpan Took,
    int Sendings,
    WrittenAnswer? Written = null,
    bool IsBroken = false,
    IReadOnlyList<Ack>? Acks = null
)
{
    /// <summary>The answer to what was taken, among those that a deed may rightly get.</summary>
    public const string Taken = "taken";

    /// <summary>The service did not answer within the patience; nobody knows what became of it.</summary>
    public const string Unanswered = "unanswered";

    /// <summary>The service broke over it.</summary>
    public const string Broken = "failure";

    public bool IsAcknowledged => Code is null;

    /// <summary>What was answered: a code for each refusal, and that it was taken.</summary>
    public IEnumerable<string> Answers => Acks?.Select(ack => ack.Fault ?? Taken) ?? [Code ?? Taken];
}

/// <summary>The answer to one of a feed's messages.</summary>
/// <param name="Code">AA, AE or AR.</param>
/// <param name="Fault">Our code of the first fault; null where there is none.</param>
public sealed record Ack(string Code, string? Fault);

/// <summary>The run can't go on, in words for whoever started it.</summary>
public sealed class SimulationException(string says) : Exception(says);
