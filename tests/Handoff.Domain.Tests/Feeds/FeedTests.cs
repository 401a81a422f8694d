using Handoff.Domain.Access;
using Handoff.Domain.Feeds;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;
using static Handoff.Domain.Tests.Scenario;

namespace Handoff.Domain.Tests.Feeds;

public class FeedTests
{
    private static readonly string Key = Feed.KeyOf("REG", "NORTH").ToString();

    [Fact]
    public void A_feed_is_its_senders_and_known_once()
    {
        var feed = Given<Feed>();
        feed.When(new KnowFeed(" ", null) { Key = Key }, "08:00").Then("application-missing");
        feed.When(new KnowFeed("REG", "SOUTH") { Key = Key }, "08:00").Then("feed-id-invalid");
        feed.When(new SetFeedClock("America/Chicago") { Key = Key }, "08:00").Then("feed-unknown");
        feed.When(new KnowFeed("REG", "NORTH") { Key = Key }, "08:00").Then<FeedKnown>();
    }

    [Fact]
    public void What_a_feed_is_set_up_for_is_checked_and_said()
    {
        var ward = Ward.Usual();
        Refuses(ward, new SetFeedNumbers([], null, [], VisitField.VisitNumber), "types-missing");
        Refuses(ward, new SetFeedNumbers(["MR"], null, [new("1.2", "")], VisitField.VisitNumber), "authority-invalid");
        Refuses(ward, new SetFeedNumbers(["MR"], null, [new("A", "X"), new("a", "Y")], VisitField.VisitNumber), "authority-twice");
        Refuses(ward, new SetFeedNumbers(["MR"], null, [], null), "visits-missing");
        Refuses(ward, new SetFeedPlaces([new("BHU", "9-nowhere")], FeedAction.Hold, []), "unit-unknown");
        Refuses(ward, new SetFeedPlaces([new("BHU", Ward.West), new("bhu", Ward.West)], FeedAction.Hold, []), "place-twice");
        Refuses(ward, new SetFeedPlaces([], FeedAction.Apply, []), "elsewhere-invalid");
        Refuses(ward, new SetFeedRules([new("A99", FeedAction.Hold)], ["P"]), "trigger-unknown");
        Refuses(ward, new SetFeedRules([new("A05", FeedAction.Apply)], ["P"]), "rule-impossible");
        Refuses(ward, new SetFeedRules([new("A01", FeedAction.Hold), new("A01", FeedAction.Apply)], ["P"]), "rule-twice");
        Refuses(ward, new SetFeedRules([], []), "processing-missing");
        Refuses(ward, new SetFeedClock("Mars"), "zone-unknown");
        Refuses(ward, new SetFeedFacility([new('x', 101)]), "facility-name-invalid");
        var changed = Send(ward, new SetFeedNumbers(["mr", "PI", "MR"], " NORTH ", [new("1.2", "NORTH")], VisitField.AccountNumber))
            .Events.ShouldHaveSingleItem();
        changed
            .Sentence(UnitTime.Utc)
            .ShouldBe(
                "Patients are known by MR, PI; numbers without an authority are of NORTH; 1.2 is NORTH; visits are numbered by "
                    + "PID-18, the account."
            );
        Send(ward, new SetFeedRules([new("A01", FeedAction.Apply), new("A05", FeedAction.Acknowledge)], ["P"])).Events.ShouldBeEmpty();
    }

    [Fact]
    public void Another_facility_is_one_that_is_said_and_is_none_of_our_names()
    {
        var feed = new Feed { FacilityNames = ["NORTH", "Cedar Hill"] };
        (feed.IsOtherFacility("SOUTH"), feed.IsOtherFacility("north"), feed.IsOtherFacility(" "), feed.IsOtherFacility(null)).ShouldBe(
            (true, false, false, false)
        );
        new Feed().IsOtherFacility("SOUTH").ShouldBeFalse();
    }

    [Fact]
    public void A_key_is_made_for_a_feed_that_is_known_under_a_name_that_no_standing_key_has()
    {
        var (id, feed) = (Guid.NewGuid(), Guid.Parse(Key));
        var facility = Given<Facility>();
        facility.When(new MakeFeedKey(id, feed, "REG/NORTH"), "08:00").Then("feed-unknown");
        facility = facility.And(StreamId.For("feed", feed), new FeedKnown(Times.At("07:00"), "REG", "NORTH"));
        facility.When(new MakeFeedKey(id, feed, " "), "08:00").Then("name-missing");
        facility.When(new MakeFeedKey(id, feed, "reg/north", ["REG/NORTH"]), "08:00").Then("key-name-taken");
        facility
            .When(new MakeFeedKey(id, feed, "REG/NORTH", ["Other"]), "08:00")
            .Then<FeedKeyMade>()
            .Sentence(UnitTime.Utc)
            .ShouldBe("A key was made for a feed of admissions: REG/NORTH.");
        facility.When(new RevokeFeedKey(id, "REG/NORTH", null), "08:01").Then("reason-missing");
        facility
            .When(new RevokeFeedKey(id, "REG/NORTH", "Replaced"), "08:01")
            .Then<FeedKeyRevoked>()
            .Sentence(UnitTime.Utc)
            .ShouldBe("The key REG/NORTH of a feed of admissions was revoked: Replaced");
    }

    [Fact]
    public void Every_event_has_a_usual_rule_and_a_feed_its_own()
    {
        var feed = new Feed { Rules = [new("A05", FeedAction.Hold), new(FeedTrigger.Other, FeedAction.Acknowledge)] };
        (feed.ActionOf("A01"), feed.ActionOf("A05"), feed.ActionOf("A60"), feed.ActionOf("Z01")).ShouldBe(
            (FeedAction.Apply, FeedAction.Hold, FeedAction.Acknowledge, FeedAction.Acknowledge)
        );
        new Feed().ActionOf("Z01").ShouldBe(FeedAction.Hold);
        FeedTrigger.All.Select(t => t.Code).ShouldBeUnique();
        string[] sent =
        [
            "A01",
            "A02",
            "A03",
            "A04",
            "A05",
            "A06",
            "A07",
            "A08",
            "A10",
            "A11",
            "A12",
            "A13",
            "A17",
            "A18",
            "A21",
            "A22",
            "A23",
            "A24",
            "A25",
            "A27",
            "A28",
            "A31",
            "A34",
            "A40",
            "A44",
            "A45",
            "A47",
            "A52",
            "A53",
            "A54",
            "A55",
            "A60",
            "A61",
            "A62",
        ];
        sent.ShouldBeSubsetOf(FeedTrigger.All.Select(t => t.Code));
    }

    [Fact]
    public void Nobody_gives_a_feeds_key_more_than_to_send()
    {
        Given<Facility>().When(new ChangeScope(Permission.ReadBoard, [Role.Nurse, Role.Feed]), "08:00").Then("feed-only-sends");
        Given<Facility>().When(new ChangeScope(Permission.SendFeed, [Role.Feed]), "08:00").Then<ScopeChanged>();
    }

    private static Decision Send(Ward ward, Command<Feed> command)
    {
        ward.Send(new KnowFeed("REG", "NORTH") { Key = Key }, Times.At("08:00"));
        return ward.Send(command with { Key = Key }, Times.At("08:00"));
    }

    private static void Refuses(Ward ward, Command<Feed> command, string code) =>
        Send(ward, command).Refusal.ShouldNotBeNull().Code.ShouldBe(code);
}
