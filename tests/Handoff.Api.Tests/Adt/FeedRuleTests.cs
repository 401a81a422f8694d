using System.Text;
using Handoff.Api.Feeds.Adt;
using Handoff.Domain.Feeds;
using Handoff.Domain.Stays;

namespace Handoff.Api.Tests.Adt;

/// <summary>
/// A real feed is not an error: every event that hospitals send is applied, or acknowledged by a rule that a feed can change.
/// </summary>
public sealed class FeedRuleTests : IAsyncLifetime
{
    private FeedWard ward = null!;

    public async Task InitializeAsync() => ward = await FeedWard.Open();

    public async Task DisposeAsync()
    {
        await ward.ShouldRefold();
        await ward.DisposeAsync();
    }

    [Fact]
    public async Task Every_event_of_the_table_is_acknowledged_for_who_is_here()
    {
        string[] ending = ["A03", "A07", "A11", "A23", "A29"];
        await ward.Say(new Tell("A01", "06:00"));
        foreach (var trigger in FeedTrigger.All.Select(t => t.Code).Except([.. ending, "A01", "A12", "A17", "A13"]))
        {
            (await ward.Say(new Tell(trigger, "08:00") { More = Prior(trigger) })).ShouldBe("AA", trigger);
        }

        (await ward.Census()).ShouldStartWith("2-west 201A 00421 DOE, JANE");
        (await ward.Quarantined()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_event_of_the_table_is_acknowledged_for_who_is_not_here_and_not_ours()
    {
        foreach (var trigger in FeedTrigger.All.Select(t => t.Code).Except(["A17"]))
        {
            (await ward.Say(new Tell(trigger, "08:00") { Place = "5 North", More = Prior(trigger) })).ShouldBe("AA", trigger);
        }

        (await ward.AllStays()).ShouldBeEmpty();
        (await ward.Quarantined()).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_outpatient_who_becomes_an_inpatient_comes_in_and_one_who_becomes_an_outpatient_goes_out()
    {
        (await ward.Say(Class("O", new Tell("A04", "07:00")))).ShouldBe("AA");
        (await ward.Census()).ShouldBeEmpty();
        (await ward.Say(new Tell("A06", "08:00"))).ShouldBe("AA");
        (await ward.Census()).ShouldBe("2-west 201A 00421 DOE, JANE");
        (await ward.Say(Class("O", new Tell("A07", "09:00") { Place = "CLINIC" }))).ShouldBe("AA");
        (await ward.Census()).ShouldBeEmpty();
        (await ward.Say(new Tell("A06", "10:00") { Place = "2-WEST^202^B" })).ShouldBe("AA");
        (await ward.Census()).ShouldBe("2-west 202B 00421 DOE, JANE");
    }

    [Theory]
    [InlineData("O")]
    [InlineData("P")]
    [InlineData("R")]
    public async Task Outpatients_are_not_admitted(string patientClass)
    {
        (await ward.Say(Class(patientClass, new Tell("A01", "08:00")))).ShouldBe("AA");
        (await ward.Say(Class(patientClass, new Tell("A08", "08:00")))).ShouldBe("AA");
        (await ward.AllStays()).ShouldBeEmpty();
        await ward.SetUp(new SetFeedPlaces([], FeedAction.Acknowledge, []));
        (await ward.Say(Class(patientClass, new Tell("A01", "08:30")))).ShouldBe("AA");
        (await ward.Census()).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_leave_that_is_cancelled_was_none_and_a_return_that_is_cancelled_is_a_leave()
    {
        await ward.Say(new Tell("A01", "06:00"));
        await ward.Say(new Tell("A21", "07:00"));
        (await ward.Say(new Tell("A52", "07:30"))).ShouldBe("AA");
        (await ward.OnlyStay()).Leave.ShouldBeNull();
        await ward.Say(new Tell("A21", "08:00"));
        await ward.Say(new Tell("A22", "09:00"));
        (await ward.Say(new Tell("A53", "09:30"))).ShouldBe("AA");
        (await ward.OnlyStay()).Leave.ShouldNotBeNull();
    }

    [Fact]
    public async Task Who_arrives_at_one_of_our_places_is_there_and_who_passes_through_another_is_not()
    {
        await ward.Say(new Tell("A01", "06:00"));
        (await ward.Say(new Tell("A10", "07:00") { Place = "RADIOLOGY" })).ShouldBe("AA");
        (await ward.Census()).ShouldBe("2-west 201A 00421 DOE, JANE");
        (await ward.Say(new Tell("A10", "08:00") { Place = "3-EAST^302" })).ShouldBe("AA");
        (await ward.Census()).ShouldBe("3-east 302 00421 DOE, JANE");
    }

    [Fact]
    public async Task A_record_is_not_deleted_but_looked_at_while_the_patient_is_here()
    {
        await ward.Say(new Tell("A01", "06:00"));
        (await ward.Say(new Tell("A23", "07:00"))).ShouldBe("AE PID-3 record-deleted");
        (await ward.Census()).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_rule_of_a_feed_is_changed_by_a_manager_and_holds_from_then_on()
    {
        await ward.SetUp(new SetFeedRules([new("A05", FeedAction.Hold), new("A08", FeedAction.Acknowledge)], ["P"]));
        (await ward.Say(new Tell("A05", "08:00"))).ShouldBe("AE MSH-9 held-by-rule");
        await ward.Say(new Tell("A01", "08:00"));
        (await ward.Say(new Tell("A08", "09:00") { Name = "ROE" })).ShouldBe("AA");
        (await ward.OnlyStay()).Patient.Family.ShouldBe("DOE");
        (
            await ward.Quarantine.Replay(FeedWard.Nurse, Guid.Parse((await ward.Quarantined()).Single().Id), default(string), default)
        )!.Fault.ShouldBeNull();
        (await ward.Events())
            .Select(e => e.Recorded)
            .Single(e => e.Event is FeedRulesSet)
            .ShouldSatisfyAllConditions(
                e => e.By.Role.ShouldBe(Domain.Access.Role.Manager),
                e =>
                    e.Event.Sentence(Domain.Kernel.UnitTime.Utc)
                        .ShouldBe("A05 is held for a person, A08 is acknowledged, with nothing to do; messages for P are taken.")
            );
    }

    [Fact]
    public async Task A_batch_is_unpacked_and_each_of_its_messages_answered()
    {
        string one = new Tell("A01", "08:00") { Control = "B1" },
            two = new Tell("A03", "09:00") { Control = "B2", Visit = "V9" };
        var batch =
            $"FHS|^~\\&|REG|NORTH|HANDOFF|HERE|20240310||||F1\rBHS|^~\\&|REG|NORTH|HANDOFF|HERE|20240310||||B1\r{one}{two}BTS|3\rFTS|1\r";
        var answer = Encoding.UTF8.GetString(await ward.Receive(batch)).Split('\r', StringSplitOptions.RemoveEmptyEntries);
        answer[0].ShouldStartWith("FHS|^~\\&|HANDOFF|HERE|REG|NORTH|");
        answer[1].ShouldEndWith("|B1");
        answer
            .Where(line => line.StartsWith("MSA", StringComparison.Ordinal))
            .Select(line => line[..9])
            .ShouldBe(["MSA|AA|B1", "MSA|AE|B2"]);
        answer[^2..].ShouldBe(["BTS|2|3 messages were announced, 2 came.", "FTS|1"]);
        (await ward.Census()).ShouldNotBeEmpty();
        (await ward.Quarantined()).ShouldHaveSingleItem().ControlId.ShouldBe("B2");
        (await ward.Receive(batch)).Length.ShouldBeGreaterThan(100);
        (await ward.Messages()).Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("T")]
    [InlineData("D")]
    [InlineData("")]
    public async Task What_is_not_for_production_is_refused_unless_the_feed_is_set_up_for_it(string processing)
    {
        string message = new Tell("A01", "08:00").ToString().Replace("|P|2.5.1", $"|{processing}|2.5.1");
        (await ward.Say(message)).ShouldBe("AR MSH-11 processing-id-refused");
        (await ward.AllStays()).ShouldBeEmpty();
        if (processing.Length == 0)
        {
            return;
        }

        await ward.SetUp(new SetFeedRules([], ["P", processing]));
        (await ward.Say(message.Replace("|C", "|X"))).ShouldBe("AA");
        (await ward.AllStays()).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("^JANE")]
    [InlineData("JANE")]
    [InlineData("JANE^")]
    public async Task A_patient_with_one_name_only_is_admitted(string name)
    {
        (await ward.Say(new Tell("A01", "08:00") { Name = name })).ShouldBe("AA");
        (await ward.OnlyStay()).Patient.ShouldSatisfyAllConditions(p => p.Name().ShouldBe("JANE"), p => p.Initials().ShouldBe("J."));
    }

    [Fact]
    public async Task A_clock_up_to_a_quarter_of_an_hour_ahead_is_taken_as_of_now_and_told()
    {
        var answer = await ward.Receive(new Tell("A01", "12:14"));
        (FeedWard.Answer(answer), Encoding.UTF8.GetString(answer)).ShouldSatisfyAllConditions(
            a => a.Item1.ShouldBe("AA"),
            a => a.Item2.ShouldContain("clock-ahead")
        );
        (await ward.OnlyStay()).AdmittedAt.ShouldBe(ward.Clock.Now);
        (await ward.Events())
            .Select(e => e.Recorded.Event)
            .OfType<MessageApplied>()
            .Single()
            .Said.ShouldBe(DateTimeOffset.Parse("2024-03-10T12:14:00-04:00"));
        (await ward.Say(new Tell("A01", "12:16") { Visit = "V2" })).ShouldBe("AE EVN-2 time-in-future");
    }

    [Fact]
    public async Task The_skew_of_a_feeds_clock_is_measured_and_told_and_forgotten_when_it_is_right_again()
    {
        await ward.Say(Sent("20240310120500", new Tell("A01", "08:00")));
        (await ward.TheFeed()).ShouldSatisfyAllConditions(f => f.SecondsAhead.ShouldBe(300), f => f.ClockOff().ShouldBe("5 min ahead"));
        for (var i = 0; i < 8; i++)
        {
            await ward.Say(Sent("20240310120000", new Tell("A08", "08:00")));
        }

        (await ward.TheFeed()).ClockOff().ShouldBeNull();
        for (var i = 0; i < 8; i++)
        {
            await ward.Say(Sent("20240310115000", new Tell("A08", "08:00")));
        }

        (await ward.TheFeed()).ClockOff().ShouldBe("10 min behind, or its messages wait that long");
    }

    [Fact]
    public async Task A_zone_of_a_feed_counts_for_its_times_only()
    {
        await ward.SetUp(new SetFeedClock("America/Los_Angeles"));
        await ward.Say(new Tell("A01", "06:00"));
        (await ward.OnlyStay()).AdmittedAt.ShouldBe(DateTimeOffset.Parse("2024-03-10T06:00:00-07:00"));
    }

    private static string Prior(string trigger) =>
        trigger
            is "A18"
                or "A30"
                or "A34"
                or "A35"
                or "A36"
                or "A39"
                or "A40"
                or "A41"
                or "A42"
                or "A43"
                or "A44"
                or "A45"
                or "A46"
                or "A47"
                or "A48"
                or "A49"
                or "A50"
                or "A51"
            ? "MRG|99999^^^NORTH^MR||A9||V99"
            : "";

    private static string Class(string patientClass, Tell tell) => tell.ToString().Replace("PV1|1|I|", $"PV1|1|{patientClass}|");

    private static string Sent(string at, Tell tell) => tell.ToString().Replace("|20240310115900|", $"|{at}|");
}
