using Handoff.Domain.Incidents;
using Handoff.Domain.Stays;
using static Handoff.Domain.Tests.Incidents.Crisis;
using static Handoff.Domain.Tests.Scenario;
using static Handoff.Domain.Tests.Times;

namespace Handoff.Domain.Tests.Incidents;

public class WhatHelpsTests
{
    [Fact]
    public void What_did_good_is_known_of_the_patient_whom_it_helped()
    {
        var given = Open(TheStay, Another);
        given.When(new RecordAttempt(Technique.Music, TheStay, Effect.Calmed, 8), "08:10");
        given.When(new RecordAttempt(Technique.Walk, TheStay, Effect.Worse, 2), "08:12");
        given.When(new RecordAttempt(Technique.QuietPlace, Another, Effect.Helped), "08:13");
        given.WhatHelps(TheStay, "08:14").Techniques().ShouldBe([(Technique.Music, 1, At("08:14"))]);
        given.WhatHelps(Another, "08:14").Techniques().Select(one => one.Technique).ShouldBe([Technique.QuietPlace]);
    }

    [Fact]
    public void What_is_sent_twice_is_learned_once()
    {
        var given = Open(TheStay).When(new RecordAttempt(Technique.Music, Effect: Effect.Calmed), "08:10").Given;
        given.WhatHelps(TheStay, "08:11");
        given.WhatHelps(TheStay, "08:12").Techniques().ShouldBe([(Technique.Music, 1, At("08:11"))]);
    }

    [Fact]
    public void An_attempt_that_turns_out_otherwise_is_unlearned()
    {
        var given = Open(TheStay).When(new RecordAttempt(Technique.Music, Effect: Effect.Calmed), "08:10").Given;
        given.WhatHelps(TheStay, "08:11").Techniques().ShouldNotBeEmpty();
        given.When(new RateAttempt(given.Step(StepKind.Deescalation), Effect.Worse), "08:12");
        given.WhatHelps(TheStay, "08:13").Techniques().ShouldBeEmpty();
    }

    [Fact]
    public void An_attempt_entered_in_error_and_an_incident_opened_by_mistake_teach_nothing()
    {
        var given = Open(TheStay, Another).When(new RecordAttempt(Technique.Music, TheStay, Effect.Calmed), "08:10").Given;
        given.When(new RecordAttempt(Technique.Walk, TheStay, Effect.Calmed), "08:11");
        given.WhatHelps(TheStay, "08:12").Techniques().Count.ShouldBe(2);
        given.When(new TakeBackStep(given.Step(StepKind.Deescalation), "wrong patient"), "08:12");
        given.WhatHelps(TheStay, "08:13").Techniques().ShouldHaveSingleItem().Technique.ShouldBe(Technique.Music);
        given.When(new TakeBackStep(given.Step(StepKind.Opened), "another unit's"), "08:14");
        given.WhatHelps(TheStay, "08:15").Techniques().ShouldBeEmpty();
    }

    [Fact]
    public void It_goes_with_the_patient_to_another_unit_and_leaves_the_boards_with_them()
    {
        var given = Open(TheStay).When(new RecordAttempt(Technique.Music, Effect: Effect.Calmed), "08:10").Given;
        given.WhatHelps(TheStay, "08:11").OnUnit().ShouldBe(Ward.West);
        given.Ward.Send(new Transfer(Ward.East, "1") { Key = TheStay.ToString() }, At("09:00"));
        given.WhatHelps(TheStay, "09:00").OnUnit().ShouldBe(Ward.East);
        given.Ward.Send(new Discharge { Key = TheStay.ToString() }, At("10:00"));
        var left = given.WhatHelps(TheStay, "10:00");
        (left.OnUnit(), left.Techniques().Count).ShouldBe((null, 1));
    }
}
