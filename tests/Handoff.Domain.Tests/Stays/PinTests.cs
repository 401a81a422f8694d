using Handoff.Domain.Stays;

namespace Handoff.Domain.Tests.Stays;

public sealed class PinTests
{
    private static readonly Admitted Admission = new(Times.At("08:00"), new("1", "Brook", "Maya"), Ward.West, "1", null);
    private static readonly Guid Entry = Guid.NewGuid();

    [Fact]
    public void An_entry_is_pinned_with_a_word_and_again_with_another()
    {
        var given = Scenario.Given<Stay>(Admission);
        given.When(new PinEntry(Entry, " Ask about sleep "), "10:00").Then(new EntryPinned(Times.At("10:00"), Entry, "Ask about sleep"));
        given.When(new PinEntry(Entry, "Ask about sleep"), "10:01").ThenNothing();
        given.When(new PinEntry(Entry), "10:02").Then(new EntryPinned(Times.At("10:02"), Entry, null));
        given.State.Pinned.ShouldBe([new(Entry, null)]);
    }

    [Fact]
    public void It_is_unpinned_once()
    {
        var given = Scenario.Given<Stay>(Admission);
        given.When(new UnpinEntry(Entry), "10:00").ThenNothing();
        given.When(new PinEntry(Entry), "10:00").Then<EntryPinned>();
        given.When(new UnpinEntry(Entry), "10:01").Then(new EntryUnpinned(Times.At("10:01"), Entry));
        given.When(new UnpinEntry(Entry), "10:02").ThenNothing();
    }

    [Fact]
    public void Which_entry_must_be_said_and_the_word_is_short()
    {
        var given = Scenario.Given<Stay>(Admission);
        given.When(new PinEntry(null), "10:00").Then("entry-missing");
        given.When(new UnpinEntry(null), "10:00").Then("entry-missing");
        given.When(new PinEntry(Entry, new string('x', 201)), "10:00").Then("text-too-long");
        Scenario.Given<Stay>().When(new PinEntry(Entry), "10:00").Then("stay-unknown");
    }

    [Fact]
    public void When_too_many_are_pinned_nothing_stands_out()
    {
        var given = Scenario.Given<Stay>([
            Admission,
            .. Enumerable.Range(0, PinEntry.Most).Select(_ => new EntryPinned(Times.At("10:00"), Guid.NewGuid(), null)),
        ]);
        given.When(new PinEntry(Entry), "10:01").Then("pins-too-many");
    }
}
