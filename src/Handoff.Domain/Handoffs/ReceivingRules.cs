using System.Text.Json.Serialization;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Handoffs;

internal static class ReceivingRules
{
    /// <summary>The refusal of somebody who is on no shift of the patient's unit, or on one that is over.</summary>
    public static Refusal? NotOnShift(Care state, string? shift, DecisionContext now) =>
        CareRules.NotOn(state, now.By.Staff.Id, shift, now) is null
            ? null
            : new("not-on-shift", "Who accepts is on a shift of the unit. Come on first, or take over and say why.", "shift");

    public static readonly Refusal NotSubmitted = new("not-handed-over", "The giver has not handed this patient over yet.");

    /// <summary>Only the person assigned next, or who is in charge; never the giver, nor who sent it in for them.</summary>
    public static Refusal? NotYours(Care state, DecisionContext now) =>
        state switch
        {
            _ when CareRules.IsResponsible(state, now) || state.Submitted?.By.Id == now.By.Staff.Id => new Refusal(
                "never-from-oneself",
                "Whoever gives a handoff doesn't accept it. Somebody else accepts; who is in charge can take over."
            ),
            _ when state.Next?.To.Id == now.By.Staff.Id || CareRules.Leads(state, now) => null,
            _ => Refusal.NotPermitted("not-assigned", "The patient is not assigned to you. Who is in charge assigns them."),
        };
}
