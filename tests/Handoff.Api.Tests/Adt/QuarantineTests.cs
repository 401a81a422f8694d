using System.Text;
using Handoff.Api.Feeds.Adt;
using Handoff.Domain.Access;
using Handoff.Domain.Feeds;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Api.Tests.Adt;

/// <summary>What can't be applied is answered with its place, kept whole, and mended by a person.</summary>
public sealed class QuarantineTests : IAsyncLifetime
{
    private FeedWard ward = null!;

    public async Task InitializeAsync()
    {
        ward = await FeedWard.Open();
        await ward.SetUp(new SetFeedPlaces([], FeedAction.Hold, Feed.UsualOutpatients));
    }

    public async Task DisposeAsync()
    {
        await ward.ShouldRefold();
        await ward.DisposeAsync();
    }

    public static TheoryData<string, string> Faulty() =>
        new()
        {
            {
                new Tell("A01", "08:00") { Name = "^" },
                "AE PID-5 field-missing"
            },
            {
                new Tell("A01", "08:00") { Mrn = new('7', 51) },
                "AE PID-3 text-too-long"
            },
            {
                new Tell("A01", "08:00") { Pid = "|18020101" },
                "AE PID-7 birth-date-absurd"
            },
            {
                new Tell("A01", "08:00") { Pid = "||" + new string('x', 41) },
                "AE PID-8 text-too-long"
            },
            {
                new Tell("A01", "08:00") { Pid = "|||||||||" + new string('x', 61) },
                "AE PID-15 text-too-long"
            },
            { new Tell("A01", "13:00"), "AE EVN-2 time-in-future" },
            { new Tell("A01", "20200101080000"), "AE EVN-2 time-absurd" },
            {
                new Tell("A01", "08:00") { Place = "none" },
                "AE PV1 segment-missing"
            },
            {
                new Tell("A03", "08:00") { Visit = "V9" },
                "AE PV1-19 stay-unknown"
            },
            {
                new Tell("A03", "08:00") { Visit = "" },
                "AE PID-3 stay-unknown"
            },
            {
                new Tell("A08", "08:00") { Place = "none", Mrn = "9" },
                "AE PID-3 stay-unknown"
            },
            { new Tell("Z99", "08:00"), "AR MSH-9 trigger-unsupported" },
            {
                new Tell("A01", "08:00") { Control = "" },
                "AR MSH-10 field-missing"
            },
            {
                new Tell("A01", "08:00") { Charset = "KLINGON" },
                "AR MSH-18 charset-unknown"
            },
            { "This is no message.", "AR MSH header-missing" },
            { "\u0000\u0001|||", "AR MSH header-missing" },
            { "", "AR MSH message-empty" },
        };

    [Theory]
    [MemberData(nameof(Faulty))]
    public async Task What_cannot_be_applied_is_answered_with_its_place_and_kept_byte_for_byte(string message, string answer)
    {
        (await ward.Say(message)).ShouldBe(answer);
        (await ward.AllStays()).ShouldBeEmpty();
        var held = (await ward.Messages()).ShouldHaveSingleItem();
        held.Standing.ShouldBe(MessageStanding.Held);
        Convert.FromBase64String(held.Raw!).ShouldBe(Encoding.UTF8.GetBytes(message));
        (await ward.Say(message)).ShouldBe(answer);
        (await ward.Messages()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_time_before_the_stay_and_a_return_before_the_leave_name_their_fields()
    {
        await ward.Say(new Tell("A01", "08:00"));
        (await ward.Say(new Tell("A02", "07:00") { Place = "2-WEST^201^B" })).ShouldBe("AE EVN-2 time-before-stay");
        (await ward.Say(new Tell("A03", "07:00"))).ShouldBe("AE EVN-2 time-before-stay");
        (await ward.Say(new Tell("A21", "09:00") { Return = "202403100830" })).ShouldBe("AE PV2-47 return-before-leave");
        (await ward.Say(new Tell("A08", "09:00") { Name = "\"\"^\"\"" })).ShouldBe("AE PID-5 family-missing");
    }

    [Fact]
    public async Task The_list_says_why_and_nothing_of_the_patient()
    {
        await ward.Say(new Tell("A01", "08:00") { Control = "first", Place = "9-NORTH" });
        ward.Clock.Now += TimeSpan.FromMinutes(1);
        string second = new Tell("A03", "08:00") { Control = "second" };
        await ward.Say(second);

        var list = await ward.Quarantined();
        (await ward.Quarantine.Causes(FeedWard.Nurse, default))
            .Select(cause => (cause.Code, cause.Count))
            .ShouldBe([("stay-unknown", 1), ("unit-unknown", 1)]);
        list.Select(message =>
                (message.ControlId, message.Trigger, message.Sender, message.Fault.Code, message.Fault.Segment, message.Fault.Field)
            )
            .ShouldBe([("second", "A03", "REG/NORTH", "stay-unknown", "PV1", 19), ("first", "A01", "REG/NORTH", "unit-unknown", "PV1", 3)]);
        (list[0].ReceivedAt, list[0].Bytes).ShouldBe((ward.Clock.Now, Encoding.UTF8.GetByteCount(second)));
        System.Text.Json.JsonSerializer.Serialize(list).ShouldNotContain("DOE");

        (await ward.Quarantine.List(FeedWard.Nurse, list[0].Position, 1, default)).ShouldHaveSingleItem().ControlId.ShouldBe("first");
        (await ward.Quarantine.List(FeedWard.Nurse, list[1].Position, null, default)).ShouldBeEmpty();
        (await ward.Quarantine.Count(FeedWard.Nurse, default)).ShouldBe(2);
    }

    [Fact]
    public async Task A_held_message_is_read_whole_and_the_reading_is_recorded()
    {
        string message = new Tell("A03", "08:00") { Name = "Müller^李", Control = "7" };
        await ward.Say(message);
        var id = Guid.Parse((await ward.Quarantined()).Single().Id);
        var whole = (await ward.Quarantine.Open(FeedWard.Nurse, id, default))!;
        whole.Text.ShouldBe(message);
        whole.Answer.ShouldContain("MSA|AE|7");
        (await ward.Looks(whole.Visit!.Value)).ShouldBe(["feed-message"]);
        (await ward.Quarantine.Open(FeedWard.Nurse, Guid.NewGuid(), default)).ShouldBeNull();
    }

    [Fact]
    public async Task A_mended_message_is_applied_in_the_persons_name_and_released()
    {
        string message = new Tell("A01", "08:00") { Place = "9-NORTH^201^A" };
        await ward.Say(message);
        var id = await TheHeld();

        var still = (await ward.Quarantine.Replay(FeedWard.Nurse, id, default(string), default))!;
        (still.Fault!.Code, still.Fault.Segment, still.Fault.Field).ShouldBe(("unit-unknown", "PV1", 3));
        (await ward.Quarantine.Replay(FeedWard.Nurse, id, "nonsense", default))!.Fault!.Code.ShouldBe("header-missing");
        (await ward.Quarantined()).ShouldHaveSingleItem();

        var mended = message.Replace("9-NORTH", "2-WEST").Replace("DOE", "李🙂").Replace("\r", "\r\n");
        var done = (await ward.Quarantine.Replay(FeedWard.Nurse, id, mended, default))!;
        (done.Fault, done.Concerns).ShouldBe((null, [(await ward.OnlyStay()).Id]), ReplayComparer);
        (await ward.Census()).ShouldBe("2-west 201A 00421 李🙂, JANE");
        (await ward.Quarantined()).ShouldBeEmpty();

        var events = (await ward.Events()).Select(logged => logged.Recorded).ToList();
        events
            .Single(e => e.Event is Admitted)
            .ShouldSatisfyAllConditions(e => e.By.Role.ShouldBe(Role.ChargeNurse), e => e.Envelope.Source.ShouldBe(Source.Ui));
        Encoding
            .Unicode.GetString(Convert.FromBase64String(events.Select(e => e.Event).OfType<MessageReleased>().Single().Corrected!))
            .ShouldBe("\ufeff" + mended);
        (await ward.Quarantine.Replay(FeedWard.Nurse, id, mended, default))!.Fault!.Code.ShouldBe("message-not-held");
        (await ward.Quarantine.Replay(FeedWard.Nurse, Guid.NewGuid(), mended, default)).ShouldBeNull();
    }

    [Fact]
    public async Task A_mended_admission_releases_what_waited_for_it()
    {
        await ward.Say(new Tell("A01", "08:00") { Place = "9-NORTH" });
        var id = await TheHeld();
        await ward.Say(new Tell("A03", "09:00"));
        await ward.Quarantine.Replay(FeedWard.Nurse, id, new Tell("A01", "08:00"), default);
        (await ward.OnlyStay()).DischargedAt.ShouldNotBeNull();
        (await ward.Quarantined()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_message_is_applied_once_its_unit_is_open()
    {
        await ward.Say(new Tell("A01", "08:00") { Place = "9-north^1" });
        await ward.Log.Send(
            FeedWard.Facility,
            new(new OpenUnit("9 North", "America/New_York") { Key = "9-north" }, Actor.Clock, Guid.CreateVersion7(), Source.Import)
        );
        (await ward.Quarantine.Replay(FeedWard.Nurse, await TheHeld(), default(string), default))!.Fault.ShouldBeNull();
        (await ward.Census()).ShouldBe("9-north 1 00421 DOE, JANE");
    }

    [Fact]
    public async Task Nobody_mends_their_way_onto_a_unit_that_is_not_theirs()
    {
        await ward.Say(new Tell("A01", "13:00"));
        var id = await TheHeld();
        var east = FeedWard.Caller(Role.ChargeNurse, FeedWard.East);
        (await ward.Quarantine.Replay(east, id, new Tell("A01", "08:00"), default))!.Fault!.Code.ShouldBe("unit-not-yours");
        (await ward.Quarantine.Replay(FeedWard.Caller(Role.Auditor), id, new Tell("A01", "08:00"), default))!.Fault!.Code.ShouldBe(
            "not-permitted"
        );
        (await ward.Quarantined()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_message_that_was_set_aside_is_not_tried_again()
    {
        await ward.Say(new Tell("A03", "09:00"));
        var id = await TheHeld();
        (
            await ward.Log.Send(
                FeedWard.Facility,
                new(new DismissMessage("Not one of ours") { Key = id.ToString() }, FeedWard.Nurse.Actor, Guid.CreateVersion7())
            )
        ).Refusal.ShouldBeNull();
        await ward.Say(new Tell("A01", "08:00"));
        (await ward.Census()).ShouldNotBeEmpty();
        (await ward.Quarantined()).ShouldBeEmpty();
    }

    [Fact]
    public async Task All_messages_of_a_kind_are_set_aside_with_a_reason_and_later_ones_stay()
    {
        for (var i = 0; i < 3; i++)
        {
            await ward.Say(new Tell("A03", "09:00") { Visit = $"V{i}" });
        }

        await ward.Say(new Tell("A01", "09:00") { Place = "9-NORTH", Visit = "V9" });
        var seen = (await ward.Quarantine.Causes(FeedWard.Nurse, default)).Single(cause => cause.Code == "stay-unknown").Newest;
        await ward.Say(new Tell("A03", "09:30") { Visit = "V4", Control = "later" });

        (await ward.Quarantine.SetAsideAll(FeedWard.Nurse, "stay-unknown", " ", seen, default)).Refusal!.Code.ShouldBe("reason-missing");
        (
            await ward.Quarantine.SetAsideAll(FeedWard.Caller(Role.Technician), "stay-unknown", "Not ours", seen, default)
        ).Refusal!.Code.ShouldBe("not-permitted");
        (await ward.Quarantine.SetAsideAll(FeedWard.Nurse, "stay-unknown", "Not ours", seen, default)).Done.Count.ShouldBe(3);
        (await ward.Quarantined()).Select(held => held.Fault.Code).ShouldBe(["stay-unknown", "unit-unknown"]);
        (await ward.Quarantined())[0].ControlId.ShouldBe("later");
        (await ward.Events())
            .Select(e => e.Recorded)
            .Where(e => e.Event is MessageDismissed)
            .ShouldAllBe(e => e.By.Role == Role.ChargeNurse && ((MessageDismissed)e.Event).Reason == "Not ours");
    }

    [Fact]
    public async Task Times_without_an_offset_are_of_the_senders_zone_else_of_the_units()
    {
        await using var west = await FeedWard.Open("America/Los_Angeles");
        await west.Say(new Tell("A01", "08:00"));
        (await west.OnlyStay()).AdmittedAt.ShouldBe(DateTimeOffset.Parse("2024-03-10T08:00:00-07:00"));
        await ward.Say(new Tell("A01", "08:00"));
        await ward.Say(new Tell("A03", "09:00") { Place = "MORGUE" });
        (await ward.OnlyStay()).ShouldSatisfyAllConditions(
            s => s.AdmittedAt.ShouldBe(DateTimeOffset.Parse("2024-03-10T08:00:00-04:00")),
            s => s.DischargedAt.ShouldBe(DateTimeOffset.Parse("2024-03-10T09:00:00-04:00"))
        );
    }

    private async Task<Guid> TheHeld() => Guid.Parse((await ward.Quarantined()).ShouldHaveSingleItem().Id);

    private static readonly EqualityComparer<(Fault?, IReadOnlyList<Guid>)> ReplayComparer = EqualityComparer<(
        Fault?,
        IReadOnlyList<Guid>
    )>.Create((one, other) => one.Item1 == other.Item1 && one.Item2.SequenceEqual(other.Item2), _ => 0);
}
