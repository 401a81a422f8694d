using Handoff.Domain.Access;
using Handoff.Domain.Feeds;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;

namespace Handoff.Api.Tests.Adt;

/// <summary>No ghost: who is at a place that this service does not run is on no board of it.</summary>
public sealed class FeedOutsideTests : IAsyncLifetime
{
    private FeedWard ward = null!;

    public async Task InitializeAsync() => ward = await FeedWard.Open();

    public async Task DisposeAsync()
    {
        await ward.ShouldRefold();
        await ward.DisposeAsync();
    }

    [Theory]
    [InlineData("A02")]
    [InlineData("A08")]
    [InlineData("A01")]
    public async Task A_transfer_or_update_to_a_place_that_is_not_ours_takes_the_patient_off_the_board(string trigger)
    {
        await ward.Say(new Tell("A01", "08:00"));
        (await ward.Say(new Tell(trigger, "09:00") { Place = "5 North^12^A" })).ShouldBe("AA");
        (await ward.Census()).ShouldBeEmpty();
        (await ward.OnlyStay()).Outside.ShouldBe(new Outside(DateTimeOffset.Parse("2024-03-10T09:00:00-04:00"), "5 North"));
        (await ward.Events())
            .Select(e => e.Recorded.Event)
            .OfType<MovedOutside>()
            .Single()
            .Sentence(UnitTime.In("America/New_York"))
            .ShouldBe("Moved to 5 North, outside, at 09:00.");
        (await ward.Quarantined()).ShouldBeEmpty();
        (await ward.TheFeed()).Heard.Select(heard => heard.Place).ShouldBe(["5 North"]);
    }

    [Fact]
    public async Task The_report_is_an_open_loop_of_the_unit_until_somebody_has_given_it()
    {
        await ward.Say(new Tell("A01", "08:00"));
        await ward.Say(new Tell("A02", "09:00") { Place = "5 North" });
        var departure = await Departed();
        departure.OnUnit().ShouldBe(FeedWard.West);
        departure
            .OpenLoops()
            .ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(
                l => l.Kind.ShouldBe("moved-outside"),
                l => l.Words.ShouldBe("moved to 5 North, outside: report to be given"),
                l => l.Stay.ShouldBe(departure.Stay)
            );
        var give = new GiveReport("Kim, RN, 5 North") { Key = departure.Stay.ToString() };
        (
            await ward.Log.Send(FeedWard.Facility, new(give, FeedWard.Caller(Role.Auditor).Actor, Guid.CreateVersion7()))
        ).Refusal!.Code.ShouldBe("not-permitted");
        (
            await ward.Log.Send(FeedWard.Facility, new(give with { To = " " }, FeedWard.Nurse.Actor, Guid.CreateVersion7()))
        ).Refusal!.Code.ShouldBe("to-missing");
        (await ward.Log.Send(FeedWard.Facility, new(give, FeedWard.Nurse.Actor, Guid.CreateVersion7()))).Refusal.ShouldBeNull();
        (await Departed()).ShouldSatisfyAllConditions(d => d.OpenLoops().ShouldBeEmpty(), d => d.OnUnit().ShouldBeNull());
    }

    [Theory]
    [InlineData("A02")]
    [InlineData("A12")]
    [InlineData("A08")]
    public async Task Who_comes_back_is_on_the_board_again_and_owes_no_report(string trigger)
    {
        await ward.Say(new Tell("A01", "08:00"));
        await ward.Say(new Tell("A02", "09:00") { Place = "5 North" });
        await Departed();
        (await ward.Say(new Tell(trigger, "10:00"))).ShouldBe("AA");
        (await ward.Census()).ShouldBe("2-west 201A 00421 DOE, JANE");
        (await Departed()).IsOpen.ShouldBeFalse();
    }

    [Fact]
    public async Task Older_word_of_a_move_outside_does_not_take_away_who_is_back()
    {
        await ward.Say(new Tell("A01", "08:00"));
        await ward.Say(new Tell("A02", "10:00") { Place = "2-WEST^202^B" });
        (await ward.Say(new Tell("A02", "09:00") { Place = "5 North" })).ShouldBe("AA");
        (await ward.Say(new Tell("A08", "09:30") { Place = "5 North" })).ShouldBe("AA");
        (await ward.Census()).ShouldBe("2-west 202B 00421 DOE, JANE");
    }

    [Fact]
    public async Task A_move_outside_that_was_cancelled_is_not_brought_back_by_being_heard_again()
    {
        await ward.Say(new Tell("A01", "08:00"));
        await ward.Say(new Tell("A02", "09:00") { Place = "5 North" });
        await ward.Say(new Tell("A12", "09:30"));
        (await ward.Say(new Tell("A02", "09:00") { Place = "5 North" })).ShouldBe("AA");
        (await ward.Census()).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Who_was_moved_outside_is_discharged_from_there()
    {
        await ward.Say(new Tell("A01", "08:00"));
        await ward.Say(new Tell("A02", "09:00") { Place = "5 North" });
        (await ward.Say(new Tell("A21", "09:30") { Place = "5 North" })).ShouldBe("AA");
        (await ward.Say(new Tell("A03", "10:00") { Place = "5 North" })).ShouldBe("AA");
        (await ward.OnlyStay()).DischargedAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task Patients_of_other_places_are_no_error_and_nobody_here()
    {
        foreach (var trigger in (string[])["A01", "A02", "A03", "A06", "A08", "A11", "A12", "A13", "A21", "A22", "A28", "A31", "A52"])
        {
            (await ward.Say(new Tell(trigger, "09:00") { Place = "5 North^12^A" })).ShouldBe("AA", trigger);
        }

        (await ward.AllStays()).ShouldBeEmpty();
        (await ward.Quarantined()).ShouldBeEmpty();
        (await ward.Messages()).ShouldAllBe(message => message.Standing == MessageStanding.Passed);
    }

    [Fact]
    public async Task Who_comes_from_a_place_that_is_not_ours_is_admitted()
    {
        await ward.Say(new Tell("A01", "08:00") { Place = "5 North^12^A" });
        (
            await ward.Say(
                new Tell("A02", "09:00") { Place = "2-WEST^202^B|||5 North^12^A" }
                    .ToString()
                    .Replace("A||||||||||||||||V1", "A|||||||||||||V1")
            )
        ).ShouldBe("AA");
        (await ward.Census()).ShouldBe("2-west 202B 00421 DOE, JANE");
    }

    [Fact]
    public async Task A_feed_may_have_messages_about_unknown_places_held()
    {
        await ward.SetUp(new SetFeedPlaces([], FeedAction.Hold, Feed.UsualOutpatients));
        (await ward.Say(new Tell("A01", "08:00") { Place = "5 North" })).ShouldBe("AE PV1-3 unit-unknown");
        await ward.Say(new Tell("A01", "08:00") { Visit = "V2" });
        (await ward.Say(new Tell("A02", "09:00") { Visit = "V2", Place = "5 North" })).ShouldBe("AE PV1-3 unit-unknown");
        (await ward.Census()).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_place_of_ours_may_have_another_name_in_the_feed()
    {
        await ward.SetUp(new SetFeedPlaces([new("BHU2", FeedWard.West)], FeedAction.Acknowledge, Feed.UsualOutpatients));
        (await ward.Say(new Tell("A01", "08:00") { Place = "bhu2^201^A" })).ShouldBe("AA");
        (
            await ward.Say(
                new Tell("A01", "08:00")
                {
                    Place = "3EAST^301",
                    Mrn = "2",
                    Name = "ROE",
                    Visit = "V2",
                }
            )
        ).ShouldBe("AA");
        (await ward.Census()).ShouldBe("2-west 201A 00421 DOE, JANE\n3-east 301 2 ROE");
    }

    [Fact]
    public async Task A_unit_of_the_same_name_in_another_facility_is_outside_where_the_feed_says_how_ours_is_called()
    {
        (await ward.Say(new Tell("A01", "08:00") { Place = "2-WEST^201^A^NORTH" })).ShouldBe("AA");
        (await ward.Say(new Tell("A02", "08:30") { Place = "2-WEST^202^A^SOUTH" })).ShouldBe("AA");
        (await ward.Census()).ShouldBe("2-west 202A 00421 DOE, JANE");

        await ward.SetUp(new SetFeedFacility(["NORTH"]));
        (await ward.Say(new Tell("A02", "09:00") { Place = "2-WEST^201^A^SOUTH" })).ShouldBe("AA");
        (await ward.Census()).ShouldBeEmpty();
        (await ward.OnlyStay()).Outside!.Place.ShouldBe("2-WEST, SOUTH");
        (
            await ward.Say(
                new Tell("A01", "09:00")
                {
                    Place = "2-WEST^201^A^SOUTH",
                    Mrn = "2",
                    Name = "ROE",
                    Visit = "V2",
                }
            )
        ).ShouldBe("AA");
        (await ward.Say(new Tell("A02", "10:00") { Place = "2-WEST^201^B" })).ShouldBe("AA");
        (await ward.Census()).ShouldBe("2-west 201B 00421 DOE, JANE");
        (await ward.TheFeed()).Heard.Select(heard => heard.Place).ShouldBe(["2-WEST, SOUTH"]);
    }

    [Fact]
    public async Task A_bed_that_the_unit_does_not_have_is_taken_and_asked_about()
    {
        (await ward.Say(new Tell("A01", "08:00") { Place = "2-WEST^299^A" })).ShouldBe("AA");
        var stay = await ward.OnlyStay();
        stay.Where()!.Bed.ShouldBe("299A");
        stay.OpenLoops()
            .ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(
                l => l.Kind.ShouldBe("bed"),
                l => l.Words.ShouldBe("bed 299A is none of the unit's: which bed?"),
                l => l.Link.ShouldEndWith("/move")
            );
        (
            await ward.Log.Send(
                FeedWard.Facility,
                new(new Transfer(FeedWard.West, "201B") { Key = stay.Id.ToString() }, FeedWard.Nurse.Actor, Guid.CreateVersion7())
            )
        ).Refusal.ShouldBeNull();
        (await ward.OnlyStay()).OpenLoops().ShouldBeEmpty();
    }

    // As the service does it after each event on the stay.
    private async Task<Departure> Departed()
    {
        var stay = (await ward.OnlyStay()).Id.ToString();
        await ward.Log.Send(FeedWard.Facility, new(new FollowDeparture { Key = stay }, Actor.Clock, Guid.CreateVersion7(), Source.System));
        return await ward.Log.State<Departure>(FeedWard.Facility, stay, default);
    }
}
