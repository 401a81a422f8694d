using System.Text;
using Handoff.Api.Feeds.Adt;
using Handoff.Api.Feeds.Hl7;
using Handoff.Simulator;

namespace Handoff.Api.Tests.Simulation;

public sealed class MovementTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 17, 15, 4, 5, 250, TimeSpan.Zero);

    private static readonly Movement Told = new("S0000000042", "O'Brien", "Inés")
    {
        ControlId = "c1",
        At = At,
        Unit = "2-west",
        Bed = "201A",
        Born = new(1984, 2, 29),
        Sex = "F",
    };

    [Theory]
    [InlineData("A01")]
    [InlineData("A02")]
    [InlineData("A03")]
    [InlineData("A21")]
    [InlineData("A22")]
    public void Every_message_is_read_back_without_a_fault_or_a_doubt(string trigger)
    {
        var said = Read(Told with { Trigger = trigger, FromBed = "202B" });
        said.Trigger.ToString().ShouldBe(trigger);
        said.ControlId.ShouldBe("c1");
        said.Doubts.ShouldBeEmpty();
        said.OccurredAt.At.ShouldBe(At);
        (said.Subject.Patient.Mrn, said.Subject.Patient.Family, said.Subject.Patient.Given).ShouldBe(("S0000000042", "O'Brien", "Inés"));
        said.Subject.Patient.Born!.Value.Date.ShouldBe(new(1984, 2, 29));
    }

    [Theory]
    [InlineData("201A", "201", "A")]
    [InlineData("301", "301", null)]
    [InlineData("Blue", null, "Blue")]
    public void A_bed_is_said_as_room_and_bed(string bed, string? room, string? inRoom)
    {
        var place = Read(Told with { Trigger = "A01", Bed = bed }).Subject.Visit!.Location!;
        (place.Unit, place.Room, place.Bed).ShouldBe(("2-west", room, inRoom));
    }

    [Fact]
    public void A_leave_says_when_the_patient_is_expected_back() =>
        Read(Told with { Trigger = "A21", Returns = At.AddHours(2) }).Subject.Visit!.ReturnExpectedAt!.Value.At.ShouldBe(At.AddHours(2));

    [Fact]
    public void Delimiters_in_a_name_are_escaped() =>
        Read(Told with { Trigger = "A01", Family = @"A|B^C&D~E\F" }).Subject.Patient.Family.ShouldBe(@"A|B^C&D~E\F");

    private static AdtEvent Read(Movement movement)
    {
        var reading = AdtEvent.Read(Hl7Message.Read(Encoding.UTF8.GetBytes(movement.Text())).Message!, TimeZoneInfo.Utc);
        reading.Faults.ShouldBeEmpty();
        return reading.Event.ShouldNotBeNull();
    }
}
