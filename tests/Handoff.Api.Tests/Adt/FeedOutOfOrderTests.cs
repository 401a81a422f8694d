using System.Text;
using Handoff.Api.Feeds.Adt;
using Handoff.Api.Store;
using Handoff.Domain.Feeds;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;

namespace Handoff.Api.Tests.Adt;

/// <summary>Feeds repeat themselves, come late, and break off in the middle; who is where must not depend on it.</summary>
public class FeedOutOfOrderTests
{
    private static readonly string[] Short =
    [
        new Tell("A01", "06:00"),
        new Tell("A02", "07:00") { Place = "2-WEST^202^B" },
        new Tell("A08", "08:00") { Name = "DOE^JOAN", Place = "none" },
        new Tell("A21", "09:00") { Return = "202403101800" },
        new Tell("A22", "10:00"),
    ];

    private static readonly string[] Long =
    [
        .. Short,
        new Tell("A02", "07:30") { Place = "3-EAST^302" },
        new Tell("A12", "07:45") { Place = "2-WEST^202^B" },
        new Tell("A03", "10:30"),
        new Tell("A13", "10:40"),
        new Tell("A01", "05:00")
        {
            Mrn = "00777",
            Name = "ROE^RICHARD",
            Visit = "V2",
            Place = "3-EAST^301",
        },
        new Tell("A17", "11:00") { Place = "3-EAST^301", More = "PID|2||00777||ROE^RICHARD\rPV1|2|I|2-WEST^202^B||||||||||||||||V2" },
        new Tell("A03", "11:30") { Mrn = "00777", Visit = "V2" },
    ];

    [Fact]
    public async Task Every_order_of_a_short_history_ends_in_the_same_census()
    {
        foreach (var order in Orders(Short.Length).Where((_, index) => index % 5 == 0))
        {
            await using var ward = await FeedWard.Open();
            foreach (var index in order)
            {
                await ward.Receive(Short[index]);
            }

            (await ward.Census()).ShouldBe("2-west 202B 00421 DOE, JOAN", $"in the order {string.Join(' ', order)}");
            (await ward.Quarantined()).ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task A_long_history_shuffled_and_sent_twice_ends_in_the_same_census(int seed)
    {
        var random = new Random(seed);
        var order = Enumerable.Range(0, Long.Length * 2).ToArray();
        random.Shuffle(order);
        await using var ward = await FeedWard.Open();
        foreach (var index in order)
        {
            await ward.Receive(Long[index % Long.Length]);
        }

        (await ward.Census()).ShouldBe("3-east 301 00421 DOE, JOAN", $"in the order {string.Join(' ', order)}");
        (await ward.Messages()).Count.ShouldBe(Long.Length);
        await ward.ShouldRefold();
    }

    [Theory]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    public async Task A_history_that_comes_all_at_once_ends_in_the_same_census(int seed)
    {
        var order = Short.Concat(Short).ToArray();
        new Random(seed).Shuffle(order);
        await using var ward = await FeedWard.Open();
        var answers = await Task.WhenAll(order.Select(async message => (message, Ack: await ward.Receive(message))));
        (await ward.Census()).ShouldBe("2-west 202B 00421 DOE, JOAN");
        (await ward.Quarantined()).ShouldBeEmpty();
        answers.GroupBy(answer => answer.message).ShouldAllBe(same => same.All(one => one.Ack.SequenceEqual(same.First().Ack)));
    }

    [Fact]
    public async Task A_discharge_before_its_admission_is_held_and_released_by_it()
    {
        await using var ward = await FeedWard.Open();
        (await ward.Say(new Tell("A03", "09:00"))).ShouldBe("AE PV1-19 stay-unknown");
        (await ward.Quarantined())
            .ShouldHaveSingleItem()
            .Fault.ShouldBe(
                new Fault(
                    "stay-unknown",
                    "PV1",
                    19,
                    "There is no such stay here. The message is kept and tried again when the admission has come."
                )
            );
        (await ward.Say(new Tell("A01", "08:00"))).ShouldBe("AA");
        (await ward.OnlyStay()).DischargedAt.ShouldBe(DateTimeOffset.Parse("2024-03-10T09:00:00-04:00"));
        (await ward.Messages())
            .Select(message => message.Standing)
            .ShouldBe([MessageStanding.Released, MessageStanding.Applied], ignoreOrder: true);
    }

    [Fact]
    public async Task What_waited_is_tried_in_the_order_in_which_it_happened()
    {
        await using var ward = await FeedWard.Open();
        string[] early =
        [
            new Tell("A03", "09:00"),
            new Tell("A13", "10:00"),
            new Tell("A02", "08:30") { Place = "3-EAST^302" },
            new Tell("A08", "09:30") { Name = "DOE^JOAN" },
        ];
        foreach (var message in early)
        {
            (await ward.Say(message)).ShouldStartWith("AE");
        }

        await ward.Say(new Tell("A01", "08:00"));
        (await ward.Census()).ShouldBe("3-east 302 00421 DOE, JOAN");
        (await ward.Quarantined()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_sender_without_visit_numbers_may_come_out_of_order_too()
    {
        await using var ward = await FeedWard.Open();
        (await ward.Say(new Tell("A02", "09:00") { Visit = "", Place = "3-EAST^302" })).ShouldBe("AE PID-3 stay-unknown");
        await ward.Say(new Tell("A01", "08:00") { Visit = "" });
        (await ward.Census()).ShouldBe("3-east 302 00421 DOE, JANE");
    }

    [Fact]
    public async Task The_next_admission_before_the_last_discharge_leaves_the_patient_on_the_board()
    {
        await using var ward = await FeedWard.Open();
        await ward.Say(new Tell("A01", "06:00") { Visit = "", Admitted = "06:00" });
        await ward.Say(
            new Tell("A01", "09:00")
            {
                Visit = "",
                Admitted = "09:00",
                Place = "3-EAST^302",
            }
        );
        await ward.Say(new Tell("A03", "08:00") { Visit = "" });
        (await ward.Census()).ShouldBe("3-east 302 00421 DOE, JANE");
    }

    [Fact]
    public async Task An_admission_that_tells_again_of_a_stay_that_is_over_puts_nobody_on_the_board()
    {
        await using var ward = await FeedWard.Open();
        await ward.Say(new Tell("A01", "06:00") { Visit = "" });
        await ward.Say(new Tell("A03", "09:00") { Visit = "" });
        (await ward.Say(new Tell("A01", "07:00") { Visit = "" })).ShouldBe("AA");
        (await ward.Census()).ShouldBeEmpty();
        await ward.Say(new Tell("A01", "09:00") { Visit = "" });
        (await ward.Census()).ShouldBe("2-west 201A 00421 DOE, JANE");
    }

    [Fact]
    public async Task A_move_after_the_discharge_is_held_until_the_discharge_is_cancelled()
    {
        await using var ward = await FeedWard.Open();
        await ward.Say(new Tell("A01", "06:00"));
        await ward.Say(new Tell("A03", "09:00"));
        (await ward.Say(new Tell("A02", "08:00") { Place = "3-EAST^302" })).ShouldBe("AE PV1-19 stay-over");
        await ward.Say(new Tell("A13", "09:30"));
        (await ward.Census()).ShouldBe("3-east 302 00421 DOE, JANE");
        (await ward.Quarantined()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_message_heard_twice_is_answered_with_the_same_bytes_and_changes_nothing()
    {
        await using var ward = await FeedWard.Open();
        var admission = Encoding.UTF8.GetBytes(new Tell("A01", "08:00"));
        var (first, events) = (await ward.Receive(admission), await ward.Events());
        ward.Clock.Now += TimeSpan.FromHours(3);
        (await ward.Receive(admission)).ShouldBe(first);
        (await ward.Events()).Count.ShouldBe(events.Count);
    }

    [Fact]
    public async Task A_held_message_heard_twice_is_held_once_and_answered_the_same()
    {
        await using var ward = await FeedWard.Open();
        string message = new Tell("A03", "09:00");
        var first = await ward.Receive(message);
        (await ward.Receive(message)).ShouldBe(first);
        await ward.Say(new Tell("A01", "08:00"));
        (await ward.Receive(message)).ShouldBe(first);
        (await ward.Messages()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Another_message_under_the_same_control_id_is_applied_and_told()
    {
        await using var ward = await FeedWard.Open();
        await ward.Say(new Tell("A01", "08:00") { Control = "7" });
        string other = new Tell("A03", "09:00") { Control = "7" };
        var answer = await ward.Receive(other);
        (FeedWard.Answer(answer), Encoding.UTF8.GetString(answer)).ShouldSatisfyAllConditions(
            a => a.Item1.ShouldBe("AA"),
            a => a.Item2.ShouldContain("control-id-reused")
        );
        (await ward.Receive(other)).ShouldBe(answer);
        (await ward.Census()).ShouldBeEmpty();
        (await ward.Messages()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task The_same_control_id_of_another_sender_is_another_message()
    {
        await using var ward = await FeedWard.Open();
        await ward.Say(new Tell("A01", "08:00") { Control = "7" });
        (
            await ward.Say(
                new Tell("A03", "09:00") { Control = "7", Visit = "V1^^^NORTH" }
                    .ToString()
                    .Replace("|REG|", "|LAB|")
            )
        ).ShouldBe("AA");
    }

    [Fact]
    public async Task A_message_whose_commands_were_sent_but_that_was_not_kept_is_kept_when_it_comes_again()
    {
        await using var ward = await FeedWard.Open();
        foreach (var message in Short)
        {
            var arrival = ReceivedMessage.Read(Encoding.UTF8.GetBytes(message));
            (
                await ward.Admissions.Apply(
                    new(FeedWard.Facility, FeedWard.Interface, Source.Interface, "tests", arrival.Id),
                    arrival,
                    isAgain: false,
                    default
                )
            ).IsApplied.ShouldBeTrue();
            var events = (await ward.Events())
                .Where(e => e.Recorded.Event is not (MessageApplied or FeedKnown))
                .Select(e => e.Position)
                .ToList();
            FeedWard.Answer(await ward.Receive(message)).ShouldBe("AA");
            (await ward.Events())
                .Where(e => e.Recorded.Event is not (MessageApplied or FeedKnown))
                .Select(e => e.Position)
                .ShouldBe(events);
        }

        (await ward.Census()).ShouldBe("2-west 202B 00421 DOE, JOAN");
        (await ward.Messages()).ShouldAllBe(message => message.Standing == MessageStanding.Applied);
    }

    [Fact]
    public async Task Where_the_log_cannot_be_reached_nothing_is_acknowledged()
    {
        await using var ward = await FeedWard.Open();
        await ward.Say(new Tell("A01", "07:00") { Visit = "V2" });
        await ward.Log.DisposeAsync();
        await Should.ThrowAsync<LogUnavailableException>(() => ward.Receive(new Tell("A01", "08:00")));
        await Should.ThrowAsync<LogUnavailableException>(() => ward.Receive("garbage"));
        (await ward.Messages()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_swap_that_broke_off_after_its_first_move_is_finished_when_it_comes_again()
    {
        await using var ward = await FeedWard.Open();
        await ward.Say(new Tell("A01", "08:00"));
        await ward.Say(
            new Tell("A01", "08:00")
            {
                Mrn = "00777",
                Name = "ROE",
                Visit = "V2",
                Place = "3-EAST^301",
            }
        );
        var stay = (await ward.AllStays()).Single(s => s.Visit == "V1");
        await ward.Log.Send(
            FeedWard.Facility,
            new(
                new Transfer("3-east", "301", DateTimeOffset.Parse("2024-03-10T11:00:00-04:00"), true) { Key = stay.Id.ToString() },
                FeedWard.Interface,
                Guid.CreateVersion7(),
                Source.Interface
            )
        );
        (await ward.Say(Long[10].Replace("202^B", "201^A"))).ShouldBe("AA");
        (await ward.Census()).ShouldBe("2-west 201A 00777 ROE\n3-east 301 00421 DOE, JANE");
        (await ward.Moves()).ShouldBe(2);
    }

    private static IEnumerable<int[]> Orders(int count) =>
        count == 0
            ?
            [
                [],
            ]
            : from order in Orders(count - 1)
            from at in Enumerable.Range(0, count)
            select (int[])[.. order[..at], count - 1, .. order[at..]];
}
