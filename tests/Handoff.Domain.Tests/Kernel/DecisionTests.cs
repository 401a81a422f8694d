using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;

namespace Handoff.Domain.Tests.Kernel;

public class DecisionTests
{
    private static readonly Event Happened = new Discharged(Times.At("10:00"));

    [Fact]
    public void Nothing_is_an_empty_decision()
    {
        Decision nothing = [];
        nothing.Events.ShouldBeEmpty();
        nothing.Refusal.ShouldBeNull();
    }

    [Fact]
    public void Events_are_decided_in_their_order()
    {
        Decision two = [Happened, .. new Event[] { new LeaveEnded(Times.At("10:01")) }];
        two.ShouldBe([Happened, new LeaveEnded(Times.At("10:01"))]);
    }

    [Fact]
    public void An_event_alone_is_a_decision()
    {
        Decision one = Happened;
        one.ShouldBe([Happened]);
    }

    [Fact]
    public void A_refusal_has_no_events()
    {
        Decision no = Refusal.Missing("isAsleep", "Say whether the patient was awake or asleep.");
        no.ShouldBeEmpty();
        no.Refusal!.Code.ShouldBe("is-asleep-missing");
        no.Refusal.Kind.ShouldBe(RefusalKind.Invalid);
    }
}
