using Handoff.Api.Feeds.Adt;

namespace Handoff.Api.Tests.Adt;

public class AdtEventTests
{
    public static TheoryData<string, string> EveryTriggerInEveryVersion()
    {
        var all = new TheoryData<string, string>();
        foreach (var trigger in Enum.GetNames<AdtTrigger>())
        {
            foreach (var version in AdtSample.Versions)
            {
                all.Add(trigger, version);
            }
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(EveryTriggerInEveryVersion))]
    public void Every_trigger_is_read_in_every_version(string trigger, string version)
    {
        var said = AdtSample.Event(AdtSample.Text(trigger, version));
        said.Trigger.ToString().ShouldBe(trigger);
        said.Version.ShouldBe(Version.Parse(version));
        said.ControlId.ShouldBe("MSG" + trigger);
        said.Subject.Patient.Mrn.ShouldBe("00421");
        said.OccurredAt.At.ShouldBe(DateTimeOffset.Parse("2024-03-10T11:59:00-04:00"));
        said.Doubts.ShouldBeEmpty();
    }

    [Fact]
    public void An_admission_says_who_where_and_when()
    {
        var said = AdtSample.Event(AdtSample.Text("A01"));
        (said.SendingApplication, said.SendingFacility, said.ProcessingId).ShouldBe(("REG", "NORTH", "P"));
        said.SentAt!.Value.At.ShouldBe(DateTimeOffset.Parse("2024-03-10T12:05:00-04:00"));

        var patient = said.Subject.Patient;
        (patient.Family, patient.Given, patient.Middle, patient.PreferredName).ShouldBe(("DOE", "JANE", "Q", "JANIE"));
        (patient.Sex, patient.Language, patient.AccountNumber).ShouldBe(("F", "en", "ACC77"));
        patient.Born!.Value.Date.ShouldBe(new DateOnly(1984, 2, 29));
        patient.Identifiers.ShouldBe([new("00421", "MR", "NORTH"), new("123-45-6789", "SS", "USA")]);

        var visit = said.Subject.Visit!;
        visit.Location.ShouldBe(new AdtLocation("3W", "12", "A", "NORTH"));
        visit.Attending.ShouldBe(new AdtPerson("8812", "ADLER", "SAM"));
        (visit.Class, visit.Number).ShouldBe(("I", "V1001"));
        // 9 March: the day before the clocks change.
        visit.AdmittedAt!.Value.At.ShouldBe(DateTimeOffset.Parse("2024-03-09T14:15:00-05:00"));
        said.Subject.MergedMrn.ShouldBeNull();
    }

    [Fact]
    public void A_transfer_says_where_from_and_where_to()
    {
        var visit = AdtSample.Event(AdtSample.Text("A02")).Subject.Visit!;
        visit.Location.ShouldBe(new AdtLocation("4E", "2", "B", "NORTH"));
        visit.PriorLocation.ShouldBe(new AdtLocation("3W", "12", "A", "NORTH"));
    }

    [Fact]
    public void A_discharge_says_when() =>
        AdtSample
            .Event(AdtSample.Text("A03"))
            .Subject.Visit!.DischargedAt!.Value.At.ShouldBe(DateTimeOffset.Parse("2024-03-10T11:30:00-04:00"));

    [Fact]
    public void A_leave_says_when_the_patient_is_expected_back() =>
        AdtSample
            .Event(AdtSample.Text("A21"))
            .Subject.Visit!.ReturnExpectedAt!.Value.At.ShouldBe(DateTimeOffset.Parse("2024-03-12T18:00:00-04:00"));

    [Fact]
    public void A_swap_has_two_patients_in_order() =>
        AdtSample
            .Event(AdtSample.Text("A17"))
            .Subjects.Select(subject => (subject.Patient.Mrn, subject.Visit!.Location!.Room))
            .ShouldBe([("00421", "14"), ("00777", "12")]);

    [Fact]
    public void A_merge_says_which_number_is_given_up_and_may_name_several()
    {
        var said = AdtSample.Event(AdtSample.Text("A40") + "PID|2||5^^^N^MR\rMRG|6^^^N^SS~7^^^N^PI\r");
        said.Subjects.Select(subject => (subject.Patient.Mrn, subject.MergedMrn)).ShouldBe([("00421", "00399"), ("5", "7")]);
    }

    [Theory]
    [InlineData("7^^^N^SS~8^^^N^PI~9^^^N^MR", "9")]
    [InlineData("7^^^N^SS~8^^^N^PI", "8")]
    [InlineData("7^^^N^XX~8", "8")]
    [InlineData("7^^^N^XX", "7")]
    [InlineData("~~ 8 ~", "8")]
    [InlineData("|", "EXT")]
    public void The_record_number_is_chosen_by_its_type(string pid3, string mrn)
    {
        var pid = pid3 == "|" ? "PID|1|EXT|" : $"PID|1||{pid3}";
        AdtSample.Event(AdtSample.Text("A08").Replace(AdtSample.Pid, pid)).Subject.Patient.Mrn.ShouldBe(mrn);
    }

    [Fact]
    public void A_social_security_number_alone_is_no_record_number() =>
        AdtSample.Fault(AdtSample.Text("A08").Replace("00421^^^NORTH^MR~", "")).Place.ShouldBe("PID-3");

    [Theory]
    [InlineData("DOE^JANE", null)]
    [InlineData("~DOE^JANE", null)]
    [InlineData("DOE^JANE^^^^^L~DOE^JAY^^^^^D", "JAY")]
    [InlineData("DOE^JAY^^^^^D~DOE^JANE^^^^^L~DOE^J J^^^^^N", "J J")]
    [InlineData("DOE^JANE~DOE^JANE^^^^^N", null)]
    [InlineData("SMITH^JANE^^^^^M~DOE^JANE", null)]
    public void The_legal_name_comes_first_and_the_preferred_name_beside_it(string pid5, string? preferred)
    {
        var patient = AdtSample.Event(AdtSample.Text("A01").Replace("DOE^JANE^Q^^^^L~JANIE^^^^^^N", pid5)).Subject.Patient;
        (patient.Family, patient.Given, patient.PreferredName).ShouldBe(("DOE", "JANE", preferred));
    }

    [Fact]
    public void What_is_not_said_is_null_and_what_is_taken_away_is_empty()
    {
        var patient = AdtSample.Event(AdtSample.Text("A08").Replace("|F|||||||en^English", "|\"\"|||||||")).Subject.Patient;
        patient.Sex.ShouldBe("");
        patient.Language.ShouldBeNull();
    }

    [Fact]
    public void Names_keep_their_letters_and_lose_control_characters()
    {
        var patient = AdtSample.Event(AdtSample.Text("A01").Replace("DOE^JANE", "\u200fליב\u0007^O\\X0D\\'Brien\\T\\🙂 ")).Subject.Patient;
        (patient.Family, patient.Given).ShouldBe(("\u200fליב", "O'Brien&🙂"));
    }

    [Theory]
    [InlineData("EVN||20240310120400||||20240310", "2024-03-10T12:04:00-04:00")]
    [InlineData("EVN||20240310120400", "2024-03-10T12:04:00-04:00")]
    [InlineData("EVN|", "2024-03-10T12:05:00-04:00")]
    [InlineData("ZZZ|", "2024-03-10T12:05:00-04:00")]
    public void The_event_happened_at_the_first_time_that_knows_the_minute(string evn, string at) =>
        AdtSample
            .Event(AdtSample.Text("A01").Replace("EVN|A01|20240310120400||||20240310115900", evn))
            .OccurredAt.At.ShouldBe(DateTimeOffset.Parse(at));

    [Fact]
    public void The_oldest_feeds_may_say_the_trigger_alone() =>
        AdtSample
            .Event(AdtSample.Text("A03", "2.1").Replace("||ADT|", "||A03|").Replace("EVN|A03", "EVN|"))
            .Trigger.ShouldBe(AdtTrigger.A03);

    [Fact]
    public void MSH_9_counts_where_EVN_1_says_otherwise()
    {
        var said = AdtSample.Event(AdtSample.Text("A01").Replace("EVN|A01", "EVN|A03"));
        said.Trigger.ShouldBe(AdtTrigger.A01);
        said.Doubts.ShouldHaveSingleItem().Place.ShouldBe("EVN-1");
    }

    [Fact]
    public void An_unreadable_optional_field_is_left_out_and_doubted()
    {
        var said = AdtSample.Event(AdtSample.Text("A01").Replace("19840229", "19850229"));
        said.Subject.Patient.Born.ShouldBeNull();
        said.Doubts.ShouldHaveSingleItem().Place.ShouldBe("PID-7");
    }
}
