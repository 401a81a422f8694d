using Handoff.Domain.Feeds;
using static Handoff.Domain.Tests.Scenario;

namespace Handoff.Domain.Tests.Feeds;

public class FeedMessageTests
{
    private static readonly HoldMessage Hold = new(
        "EHR",
        "42",
        "ADT^A02",
        "TVNI",
        new("stay-unknown", "PV1", 19, "There is no such stay."),
        "MSA|AE|42",
        TheStay
    );

    [Fact]
    public void A_message_is_applied_once() =>
        Given<FeedMessage>()
            .When(new KeepApplied("EHR", "42", "ADT^A01", "MSA|AA|42", [TheStay]), "10:00")
            .Given.When(new KeepApplied("EHR", "42", "ADT^A01", "MSA|AA|42", [TheStay]), "10:01")
            .ThenNothing()
            .State.Ack.ShouldBe("MSA|AA|42");

    [Fact]
    public void A_held_message_is_kept_whole_until_it_is_released()
    {
        var held = Given<FeedMessage>().When(Hold, "10:00").Given;
        held.State.Raw.ShouldBe("TVNI");
        held.When(Hold, "10:01").ThenNothing();
        held.When(new ReleaseMessage(null, [TheStay]), "10:02").Then<MessageReleased>().About().ShouldBe([TheStay]);
        held.State.ShouldSatisfyAllConditions(
            s => s.Raw.ShouldBeNull(),
            s => s.Standing.ShouldBe(MessageStanding.Released),
            s => s.Ack.ShouldBe("MSA|AE|42")
        );
        held.When(new ReleaseMessage(null, []), "10:03").ThenNothing();
        held.When(new DismissMessage("No longer needed"), "10:04").Then("message-not-held");
    }

    [Fact]
    public void A_held_message_is_set_aside_with_a_reason()
    {
        var held = Given<FeedMessage>().When(Hold, "10:00").Given;
        held.When(new DismissMessage(" "), "10:01").Then("reason-missing");
        held.When(new DismissMessage(new('x', 2_001)), "10:01").Then("text-too-long");
        held.When(new DismissMessage("A test patient"), "10:02").Then<MessageDismissed>();
        held.When(new DismissMessage("A test patient"), "10:03").ThenNothing();
        Given<FeedMessage>().When(new DismissMessage("x"), "10:00").Then("message-unknown");
    }
}
