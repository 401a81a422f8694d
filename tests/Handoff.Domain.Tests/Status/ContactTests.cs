using Handoff.Domain.Kernel;
using Handoff.Domain.Status;
using static Handoff.Domain.Tests.Status.PatientStatusTests;
using static Handoff.Domain.Tests.Times;

namespace Handoff.Domain.Tests.Status;

public class ContactTests
{
    [Fact]
    public void Time_one_to_one_is_told_as_what_helps()
    {
        var held = Here()
            .When(new HoldSupportiveContact(20, " Talked about the garden "), "15:10", People.Technician)
            .Then<SupportiveContactHeld>();
        held.Sentence(NewYork).ShouldBe("20 min one to one at 15:10: Talked about the garden");
        held.ForHandoff(NewYork).Part.ShouldBe(HandoffPart.Helps);
        Here()
            .When(new HoldSupportiveContact(1), "15:10")
            .Then<SupportiveContactHeld>()
            .Sentence(NewYork)
            .ShouldBe("1 min one to one at 15:10");
    }

    [Theory]
    [InlineData(null, "minutes-missing")]
    [InlineData(0, "minutes-out-of-range")]
    [InlineData(241, "minutes-out-of-range")]
    public void It_took_a_time_that_can_be(int? minutes, string code) =>
        Here().When(new HoldSupportiveContact(minutes), "12:00").Then(code);

    [Fact]
    public void It_can_be_taken_back_by_who_may_make_such_an_entry()
    {
        var given = Here().When(new HoldSupportiveContact(20), "15:10", People.Technician).Given;
        var held = given.State.Entries().ShouldHaveSingleItem();
        (held.What, held.Line).ShouldBe(("a time one to one", "20 min one to one"));
        given.When(new TakeBackEntry(held.Entry.Id, "Another patient"), "15:12").Then<StatusEntryTakenBack>();
        given.State.Contacts.ShouldBeEmpty();
        given.When(new TakeBackEntry(held.Entry.Id, "Another patient"), "15:13").ThenNothing();
    }
}
