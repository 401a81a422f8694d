using System.Text.Json.Serialization;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Handoffs;

/// <summary>Say whether a read-back was right.</summary>
/// <param name="Correction">What is not so; nothing if it was right.</param>
public sealed record AnswerReadBack(Guid? ReadBack, string? Correction = null) : Command<Care>
{
    public override Permission Permission => Permission.HandOver;

    public override IEnumerable<string> Reads(Care state, LoadedStates facts) => CareRules.Needs(state);

    public override Decision Decide(Care state, DecisionContext now) =>
        state.ReadBacks.FirstOrDefault(r => r.Id == ReadBack) switch
        {
            _ when CareRules.NotRunning(state) is { } refusal => refusal,
            _ when ReadBack is null => Refusal.Missing("readBack", "Say which read-back."),
            null => Refusal.NotFound("read-back-unknown", "There is no such read-back.", "readBack"),
            _ when GivingRules.NotYours(state, now) is { } refusal => refusal,
            { } heard when heard.By.Id == now.By.Staff.Id => new Refusal("own-read-back", "The giver says whether it was right."),
            _ when Text.TooLong(Text.Line(Correction), Text.RemarkLimit, "correction") is { } refusal => refusal,
            { IsAnswered: true } heard when heard.Correction == Text.Line(Correction) => [],
            _ => new ReadBackAnswered(CareRules.Time(state, now), ReadBack.Value, Text.Line(Correction)),
        };
}
