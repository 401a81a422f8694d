using Handoff.Domain.Access;
using Handoff.Domain.Observations;

namespace Handoff.Domain.Status;

public static class PrecautionWords
{
    public static string Words(this PrecautionKind kind) =>
        kind switch
        {
            PrecautionKind.SelfHarm => "Self-harm",
            PrecautionKind.SexualActingOut => "Sexual acting out",
            _ => kind.ToString(),
        };

    public static string ForKind(PrecautionKind kind, string? name) =>
        (kind, name) switch
        {
            (_, null) => kind.Words(),
            (PrecautionKind.Other, _) => name,
            _ => $"{kind.Words()}: {name}",
        };
}
