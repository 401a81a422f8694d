using Handoff.Domain.Groups;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Incidents;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Timeline;
using Handoff.Web.Incidents;
using Handoff.Web.Stays;

namespace Handoff.Web.Pages;

/// <summary>Everything that a patient's page tells: as it is, or as it stood.</summary>
public sealed record StayPicture(Bedside Bedside)
{
    /// <summary>What happened last, newest first.</summary>
    public IReadOnlyList<ShiftPart> Recent { get; init; } = [];

    /// <summary>The groups of the last days.</summary>
    public Participation Participation { get; init; } = Participation.None;

    public StayIncidents Incidents { get; init; } = new(Bedside.Stay.Id, [], new WhatHelps());

    /// <summary>What is to be done if something happens on a later shift.</summary>
    public IReadOnlyList<ContingencyLine> Contingencies { get; init; } = [];

    /// <summary>What is owed to the place outside to which the patient was moved.</summary>
    public Departure Departure { get; init; } = new();

    /// <summary>The handoff that was accepted last, whole.</summary>
    public GivenNote? Given { get; init; }

    /// <summary>The patient's open tasks and escalations.</summary>
    public IReadOnlyList<State> Open { get; init; } = [];
}
