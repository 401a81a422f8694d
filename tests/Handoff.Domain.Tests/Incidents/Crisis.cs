using Handoff.Domain.Incidents;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Stays;
using static Handoff.Domain.Tests.Scenario;
using static Handoff.Domain.Tests.Times;

namespace Handoff.Domain.Tests.Incidents;

/// <summary>Two patients on 2-west, and an incident that may be opened there.</summary>
internal static class Crisis
{
    public static readonly Guid TheIncident = new("0191e4a0-0000-7000-8000-0000000000aa");

    public static Given<Incident> Quiet()
    {
        var ward = Ward.Usual();
        ward.Send(new Admit("1", "Brook", "Maya", Ward.West, "1") { Key = TheStay.ToString() }, At("07:00"));
        ward.Send(new Admit("2", "Chen", "Luis", Ward.West, "2") { Key = Another.ToString() }, At("07:00"));
        ward.Settle(At("07:00"));
        ward.Send(new RecordCheck("Day room", false) { Key = TheStay.ToString() }, At("07:05"));
        return new(ward, TheIncident.ToString());
    }

    /// <summary>Open since 08:00.</summary>
    public static Given<Incident> Open(params Guid[] stays) =>
        Quiet().When(new OpenIncident(IncidentKind.Aggression, Ward.West, stays), "08:00").Given;

    /// <summary>Open from 08:00 to 08:30.</summary>
    public static Given<Incident> Resolved(params Guid[] stays) => Open(stays).When(new ResolveIncident(), "08:30").Given;

    public static Guid Step(this Given<Incident> given, StepKind kind) => given.State.Steps.Last(step => step.Kind == kind).Id;

    /// <summary>What the reactions send for what was recorded.</summary>
    public static WhatHelps WhatHelps(this Given<Incident> given, Guid stay, string clock)
    {
        foreach (var command in given.Ward.Log.ToList().SelectMany(FollowIncident.Reaction.React))
        {
            given.Ward.Send(command, At(clock), Actor.Clock).Refusal.ShouldBeNull();
        }

        return given.Ward.Of<WhatHelps>(stay.ToString());
    }

    /// <summary>What stands on a patient's page: every sentence that concerns them.</summary>
    public static List<string> Page(this Given<Incident> given, Guid stay) =>
        [.. given.Ward.Log.Where(r => r.Event.About().Contains(stay)).Select(r => r.Event.Sentence(NewYork))];
}
