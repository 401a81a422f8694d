using Handoff.Domain.Kernel;

namespace Handoff.Api.Simulation;

public enum DeedKind
{
    Admit,
    Transfer,
    LeaveOut,
    LeaveBack,
    Discharge,
    Raise,
    Check,
    Skip,
    Meal,
    Observe,
    Incident,
    Task,

    /// <summary>A group session is planned, cancelled, begun or ended.</summary>
    Session,
    Attendance,
    Concern,

    /// <summary>Somebody comes on or goes off, takes charge, or assigns a patient.</summary>
    Duty,

    /// <summary>What a giver does before giving: judging, settling open points, writing.</summary>
    Prepare,
    Submit,

    /// <summary>Reading back, asking and answering.</summary>
    Talk,
    Accept,
    Decline,

    /// <summary>Something that somebody does carelessly.</summary>
    Slip,

    /// <summary>A request that says something the service does not take.</summary>
    Mistyped,

    /// <summary>Told carelessly by the hospital's feed.</summary>
    Garbled,
}

/// <summary>Something that somebody on the ward does now.</summary>
/// <param name="When">When, on the simulated clock.</param>
/// <param name="Key">What the request is known by; sent again, it is recorded once.</param>
/// <param name="Device">From which device it comes.</param>
public abstract record Deed(DeedKind Kind, DateTimeOffset When, string Key, string Device)
{
    /// <summary>Whose account it is done with; null for the key, which is nobody's.</summary>
    public string? Account { get; init; }

    /// <summary>
    /// The answers that a careless deed may rightly get: <see cref="Outcome.Taken"/> and codes of refusals. Null for any other deed: what refuses it is a rule, and is counted as that.
    /// </summary>
    public IReadOnlySet<string>? Rightly { get; init; }
}

/// <summary>Written down by somebody on the floor.</summary>
/// <param name="LimitsPassed">How many limits have passed by the simulated clock before it was written.</param>
/// <param name="IsLateEntry">It was seen a good while before it is written.</param>
public sealed record Charted(
    DeedKind Kind,
    DateTimeOffset When,
    string Key,
    string Device,
    ICommand Command,
    int LimitsPassed = 0,
    bool IsLateEntry = false
) : Deed(Kind, When, Key, Device);

/// <summary>Told by the hospital's feed.</summary>
public sealed record Announced(DeedKind Kind, DateTimeOffset When, string Key, string Device, Movement Movement)
    : Deed(Kind, When, Key, Device);

/// <summary>A patient's hand-over is given, by somebody who has seen it up to a position.</summary>
public sealed record Given(DateTimeOffset When, string Key, string Device, Guid Stay, long Watermark)
    : Deed(DeedKind.Submit, When, Key, Device);

/// <summary>A request as somebody mistyped it.</summary>
/// <param name="Path">Below <c>/api/</c>.</param>
/// <param name="Body">Meant to be JSON.</param>
public sealed record Mistyped(DateTimeOffset When, string Key, string Device, string Path, string Body)
    : Deed(DeedKind.Mistyped, When, Key, Device);

/// <summary>What a careless feed sends: a message, several in a batch, or no message at all.</summary>
public sealed record Garbled(DateTimeOffset When, string Key, string Device, string Text) : Deed(DeedKind.Garbled, When, Key, Device);
