using Handoff.Api.Access;
using Handoff.Api.Store;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Incidents;
using Handoff.Domain.Kernel;
using Handoff.Domain.Status;
using Handoff.Domain.Units;

namespace Handoff.Api.Handoffs;

/// <summary>What the forms for contingencies post to, on the handoff and on the patient's page.</summary>
internal static class ContingencyForms
{
    public const string Write = "write-contingency";

    public static void MapContingencies(this RouteGroupBuilder forms)
    {
        forms.MapPost(
            "/{stay:guid}/" + Write,
            async (
                string unit,
                Guid stay,
                HttpContext context,
                Caller caller,
                FormPost form,
                Log log,
                HandoffPages pages,
                TimeProvider clock
            ) =>
            {
                var time = (await log.State<Unit>(caller.Facility, unit, context.RequestAborted)).Time();
                return await HandoffForms.Done(
                    unit,
                    stay,
                    Write,
                    context,
                    caller,
                    form,
                    await log.Send(caller, form, Written(form, time, clock.GetUtcNow()) with { Key = stay.ToString() }),
                    pages
                );
            }
        );
        HandoffForms.Act(
            forms,
            "withdraw-contingency",
            (form, key) => new WithdrawContingency(form.Id("contingency"), form.Text("reason")) { Key = key }
        );
        HandoffForms.Act(
            forms,
            "answer-contingency",
            (form, key) => new AnswerContingency(form.Id("contingency"), form.Text("words")) { Key = key }
        );
    }

    // A field that belongs to another condition may have been left filled in; it must not stand in the way.
    private static WriteContingency Written(FormPost form, UnitTime time, DateTimeOffset now) =>
        form.Takes("incident", "level", "domain", "intensity", "time", "window").One<ConditionKind>("kind") switch
        {
            ConditionKind.Incident => new(ConditionKind.Incident, form.Text("then"), Incident: form.One<IncidentKind>("incident")),
            ConditionKind.LevelChange => new(ConditionKind.LevelChange, form.Text("then"), Level: form.One<ObservationLevel>("level")),
            ConditionKind.Status => new(
                ConditionKind.Status,
                form.Text("then"),
                Domain: form.One<BehaviorDomain>("domain"),
                Intensity: form.Number("intensity")
            ),
            ConditionKind.Time => new(ConditionKind.Time, form.Text("then"), Time: form.Next("time", time, now)),
            var kind => new(kind, form.Text("then")),
        };
}
