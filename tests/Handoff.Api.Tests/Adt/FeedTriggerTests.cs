using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;

namespace Handoff.Api.Tests.Adt;

/// <summary>What each trigger does to who is where.</summary>
public sealed class FeedTriggerTests : IAsyncLifetime
{
    private FeedWard ward = null!;

    public async Task InitializeAsync() => ward = await FeedWard.Open();

    public async Task DisposeAsync()
    {
        await ward.ShouldRefold();
        await ward.DisposeAsync();
    }

    [Fact]
    public async Task An_admission_puts_the_patient_on_the_unit()
    {
        (await ward.Say(new Tell("A01", "08:00") { Pid = "|19840229|F|||||||en", Name = "DOE^JANE^^^^^L~JANIE^^^^^^N" })).ShouldBe("AA");
        var stay = await ward.OnlyStay();
        stay.Patient.ShouldBe(new Patient("00421", "DOE", "JANE", "JANIE", new(1984, 2, 29), "F", "en"));
        (stay.Visit, stay.AdmittedAt).ShouldBe(("V1", DateTimeOffset.Parse("2024-03-10T08:00:00-04:00")));
        (await ward.Census()).ShouldBe("2-west 201A 00421 DOE, JANIE");
    }

    [Fact]
    public async Task An_admission_is_the_feeds_own_entry()
    {
        await ward.Say(new Tell("A01", "08:00"));
        var logged = (await ward.Events()).Single(e => e.Recorded.Event is Admitted).Recorded;
        (logged.Envelope.Source, logged.By.Name, logged.Envelope.Device, logged.Envelope.Unit).ShouldBe(
            (Source.Interface, "Hospital feed", "tests", "2-west")
        );
        (await ward.Messages()).ShouldHaveSingleItem().Id.ShouldBe(logged.Envelope.Correlation.ToString());
    }

    [Fact]
    public async Task An_admission_heard_again_updates_the_patient_and_makes_no_second_stay()
    {
        await ward.Say(new Tell("A01", "08:00"));
        (await ward.Say(new Tell("A01", "08:30") { Name = "DOE^JOAN", Place = "3-EAST^301" })).ShouldBe("AA");
        (await ward.Census()).ShouldBe("2-west 201A 00421 DOE, JOAN");
    }

    [Fact]
    public async Task A_transfer_moves_the_patient()
    {
        await ward.Say(new Tell("A01", "08:00"));
        (await ward.Say(new Tell("A02", "09:00") { Place = "cedar^302^1" })).ShouldBe("AA");
        (await ward.Census()).ShouldBe("3-east 302 00421 DOE, JANE");
    }

    [Fact]
    public async Task A_transfer_is_taken_back()
    {
        await ward.Say(new Tell("A01", "08:00"));
        await ward.Say(new Tell("A02", "09:00") { Place = "3-EAST^302" });
        (await ward.Say(new Tell("A12", "09:30"))).ShouldBe("AA");
        (await ward.Census()).ShouldBe("2-west 201A 00421 DOE, JANE");
    }

    [Fact]
    public async Task A_discharge_takes_the_patient_off_the_board_and_its_cancellation_puts_them_back()
    {
        await ward.Say(new Tell("A01", "08:00"));
        (await ward.Say(new Tell("A03", "09:00"))).ShouldBe("AA");
        (await ward.Census()).ShouldBe("");
        (await ward.Say(new Tell("A13", "09:30"))).ShouldBe("AA");
        (await ward.Census()).ShouldBe("2-west 201A 00421 DOE, JANE");
    }

    [Fact]
    public async Task An_update_changes_what_it_says_and_moves_nobody()
    {
        await ward.Say(new Tell("A01", "08:00") { Pid = "|19840229|F" });
        (
            await ward.Say(
                new Tell("A08", "09:00")
                {
                    Name = "DOE^JUNE",
                    Pid = "|1984",
                    Place = "3-EAST^301",
                }
            )
        ).ShouldBe("AA");
        var stay = await ward.OnlyStay();
        (stay.Patient.Given, stay.Patient.Sex, stay.Where()!.Unit).ShouldBe(("JUNE", "F", "2-west"));
    }

    [Fact]
    public async Task An_update_may_take_something_away()
    {
        await ward.Say(new Tell("A01", "08:00") { Pid = "|19840229|F" });
        await ward.Say(new Tell("A08", "09:00") { Pid = "||\"\"" });
        (await ward.OnlyStay()).Patient.ShouldSatisfyAllConditions(p => p.Sex.ShouldBeNull(), p => p.Family.ShouldBe("DOE"));
    }

    [Fact]
    public async Task A_cancelled_admission_was_none_and_is_not_brought_back_by_being_heard_again()
    {
        await ward.Say(new Tell("A01", "08:00"));
        (await ward.Say(new Tell("A11", "08:30"))).ShouldBe("AA");
        (await ward.Census()).ShouldBe("");
        (await ward.Say(new Tell("A01", "08:00"))).ShouldBe("AA");
        (await ward.Census()).ShouldBe("");
        (await ward.Say(new Tell("A01", "10:00") { Place = "2-WEST^202^B" })).ShouldBe("AA");
        (await ward.Census()).ShouldBe("2-west 202B 00421 DOE, JANE");
    }

    [Fact]
    public async Task Two_patients_swap_beds()
    {
        await ward.Say(new Tell("A01", "08:00"));
        await ward.Say(
            new Tell("A01", "08:10")
            {
                Mrn = "00777",
                Name = "ROE^RICHARD",
                Visit = "V2",
                Place = "3-EAST^301",
            }
        );
        (await ward.Say(Swap("00777"))).ShouldBe("AA");
        (await ward.Census()).ShouldBe("2-west 201A 00777 ROE, RICHARD\n3-east 301 00421 DOE, JANE");
    }

    [Fact]
    public async Task A_swap_with_somebody_unknown_moves_nobody_until_they_are_known()
    {
        await ward.Say(new Tell("A01", "08:00"));
        (await ward.Say(Swap("00777"))).ShouldBe("AE PV1-19 stay-unknown");
        (await ward.Census()).ShouldBe("2-west 201A 00421 DOE, JANE");
        await ward.Say(
            new Tell("A01", "08:10")
            {
                Mrn = "00777",
                Name = "ROE^RICHARD",
                Visit = "V2",
                Place = "3-EAST^301",
            }
        );
        (await ward.Census()).ShouldBe("2-west 201A 00777 ROE, RICHARD\n3-east 301 00421 DOE, JANE");
        (await ward.Quarantined()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_swap_of_two_who_are_unknown_waits_for_both()
    {
        (await ward.Say(Swap("00777"))).ShouldBe("AE PV1-19 stay-unknown");
        await ward.Say(new Tell("A01", "08:00"));
        (await ward.Quarantined()).ShouldHaveSingleItem();
        await ward.Say(
            new Tell("A01", "08:10")
            {
                Mrn = "00777",
                Name = "ROE^RICHARD",
                Visit = "V2",
                Place = "3-EAST^301",
            }
        );
        (await ward.Census()).ShouldBe("2-west 201A 00777 ROE, RICHARD\n3-east 301 00421 DOE, JANE");
        (await ward.Quarantined()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_leave_begins_with_its_return_and_ends()
    {
        await ward.Say(new Tell("A01", "08:00"));
        (await ward.Say(new Tell("A21", "09:00") { Return = "20240310180000-0400" })).ShouldBe("AA");
        (await ward.OnlyStay()).Leave.ShouldBe(new LeaveOfAbsence(Time("09:00"), LeaveKind.Pass, Time("18:00")), LeaveComparer);
        (await ward.Say(new Tell("A22", "11:00"))).ShouldBe("AA");
        (await ward.OnlyStay()).Leave.ShouldBeNull();
    }

    [Fact]
    public async Task A_return_on_a_day_is_expected_by_its_end()
    {
        await ward.Say(new Tell("A01", "08:00"));
        (await ward.Say(new Tell("A21", "09:00") { Return = "20240310" })).ShouldBe("AA");
        (await ward.OnlyStay()).Leave!.ExpectedReturn.ShouldBe(Time("23:59"));
    }

    [Fact]
    public async Task A_merge_renumbers_every_stay_of_the_old_number_also_past_ones()
    {
        await ward.Say(new Tell("A01", "05:00") { Visit = "V1" });
        await ward.Say(new Tell("A03", "06:00") { Visit = "V1" });
        await ward.Say(new Tell("A01", "07:00") { Visit = "V2" });
        await ward.Say(
            new Tell("A01", "07:00")
            {
                Visit = "V3",
                Mrn = "00555",
                Name = "ROE^RICHARD",
            }
        );
        (
            await ward.Say(
                new Tell("A40", "09:00")
                {
                    Mrn = "00900",
                    Place = "none",
                    More = "MRG|00421^^^NORTH^MR\rPID|2||00901^^^NORTH^MR||ROE\rMRG|00555^^^NORTH^MR",
                }
            )
        ).ShouldBe("AA");
        (await ward.AllStays())
            .Select(stay => (stay.Visit, stay.Patient.Mrn))
            .Order()
            .ShouldBe([("V1", "00900"), ("V2", "00900"), ("V3", "00901")]);
        (await ward.Messages()).Single(message => message.Trigger == "A40").Standing.ShouldBe(Domain.Feeds.MessageStanding.Applied);
    }

    [Fact]
    public async Task A_merge_of_a_number_that_nobody_here_has_changes_nothing()
    {
        (
            await ward.Say(
                new Tell("A40", "09:00")
                {
                    Mrn = "1",
                    Place = "none",
                    More = "MRG|2",
                }
            )
        ).ShouldBe("AA");
        (await ward.AllStays()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_a_visit_number_the_stay_is_the_patients_own()
    {
        await ward.Say(new Tell("A01", "06:00") { Visit = "", Admitted = "06:00" });
        await ward.Say(new Tell("A03", "07:00") { Visit = "" });
        await ward.Say(
            new Tell("A01", "08:00")
            {
                Visit = "",
                Admitted = "08:00",
                Place = "2-WEST^202^A",
            }
        );
        (
            await ward.Say(
                new Tell("A01", "08:05")
                {
                    Visit = "",
                    Admitted = "08:00",
                    Name = "DOE^JOAN",
                }
            )
        ).ShouldBe("AA");
        (await ward.Say(new Tell("A02", "09:00") { Visit = "", Place = "2-WEST^202^B" })).ShouldBe("AA");
        (await ward.Say(new Tell("A08", "09:30") { Place = "none", Name = "DOE^JILL" })).ShouldBe("AA");
        (await ward.AllStays()).Count.ShouldBe(2);
        (await ward.Census()).ShouldBe("2-west 202B 00421 DOE, JILL");
    }

    [Fact]
    public async Task Without_a_visit_number_the_last_discharge_is_cancelled()
    {
        await ward.Say(new Tell("A01", "06:00") { Visit = "" });
        await ward.Say(new Tell("A03", "07:00") { Visit = "" });
        (await ward.Say(new Tell("A13", "07:30") { Visit = "" })).ShouldBe("AA");
        (await ward.Say(new Tell("A11", "07:40") { Visit = "" })).ShouldBe("AA");
        (await ward.OnlyStay()).IsCancelled.ShouldBeTrue();
    }

    [Fact]
    public async Task The_same_visit_number_of_another_authority_is_another_visit()
    {
        await ward.Say(new Tell("A01", "06:00"));
        await ward.Say(
            new Tell("A01", "06:00")
            {
                Mrn = "00777",
                Name = "ROE",
                Visit = "V1^^^SOUTH",
                Place = "3-EAST^301",
            }
        );
        (await ward.AllStays()).Count.ShouldBe(2);
        (await ward.Say(new Tell("A03", "07:00") { Mrn = "00777", Name = "ROE" })).ShouldBe("AE PID-3 patient-mismatch");
        (
            await ward.Say(
                new Tell("A03", "07:00")
                {
                    Mrn = "00777",
                    Name = "ROE",
                    Visit = "V1^^^SOUTH",
                }
            )
        ).ShouldBe("AA");
    }

    [Theory]
    [InlineData("O'Brien^D'Arcy", "O'Brien, D'Arcy")]
    [InlineData("ליבוביץ^נועה", "ליבוביץ, נועה")]
    [InlineData("李🙂^小\\T\\龍", "李🙂, 小&龍")]
    [InlineData("Zielińska^Żaneta", "Zielińska, Żaneta")]
    public async Task Names_of_any_script_are_kept(string sent, string shown)
    {
        (await ward.Say(new Tell("A01", "08:00") { Name = sent })).ShouldBe("AA");
        (await ward.Census()).ShouldBe($"2-west 201A 00421 {shown}");
    }

    [Fact]
    public async Task A_name_of_200_characters_is_kept_and_a_longer_one_is_refused()
    {
        var name = string.Concat(Enumerable.Repeat("Wolfeschlegelstein", 11)) + "xx";
        (await ward.Say(new Tell("A01", "08:00") { Name = name })).ShouldBe("AA");
        (await ward.OnlyStay()).Patient.Family.ShouldBe(name);
        (await ward.Say(new Tell("A01", "08:00") { Name = name + "y", Visit = "V2" })).ShouldBe("AE PID-5 text-too-long");
    }

    [Theory]
    [InlineData("8859/1", "iso-8859-1", "Müller^Bjørn")]
    [InlineData("8859/5", "iso-8859-5", "Иванова^Анна")]
    [InlineData("UNICODE UTF-16", "utf-16", "李^🙂")]
    public async Task A_name_is_read_in_the_senders_character_set_and_answered_in_it(string charset, string encoding, string name)
    {
        System.Text.Encoding.RegisterProvider(System.Text.CodePagesEncodingProvider.Instance);
        var bytes = System.Text.Encoding.GetEncoding(encoding).GetBytes(new Tell("A01", "08:00") { Name = name, Charset = charset });
        var ack = await ward.Receive(bytes);
        FeedWard.Answer(ack).ShouldBe("AA");
        (await ward.Receive(bytes)).ShouldBe(ack);
        (await ward.OnlyStay()).Patient.Name().ShouldBe(name.Replace("^", ", "));
    }

    private static string Swap(string other) =>
        new Tell("A17", "09:00") { Place = "3-EAST^301", More = $"PID|2||{other}||ROE^RICHARD\rPV1|2|I|2-WEST^201^A||||||||||||||||V2" };

    private static DateTimeOffset Time(string clock) => DateTimeOffset.Parse($"2024-03-10T{clock}:00-04:00");

    private static readonly EqualityComparer<LeaveOfAbsence?> LeaveComparer = EqualityComparer<LeaveOfAbsence?>.Create(
        (one, other) => (one?.Since, one?.Kind, one?.ExpectedReturn) == (other?.Since, other?.Kind, other?.ExpectedReturn),
        _ => 0
    );
}
