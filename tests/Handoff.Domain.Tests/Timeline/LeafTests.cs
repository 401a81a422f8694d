using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Stays;
using Handoff.Domain.Timeline;

namespace Handoff.Domain.Tests.Timeline;

public sealed class LeafTests
{
    private readonly Told told = new();

    [Fact]
    public void Entries_stand_by_shift_and_a_night_belongs_to_the_day_on_which_it_began()
    {
        told.Check("2026-11-18 22:50");
        told.Check("2026-11-18 23:10");
        told.Check("2026-11-19 06:50");
        told.Check("2026-11-19 07:00");
        Newest()
            .Parts.Select(p => $"{Times.NewYork.Day(p.Day)} {p.Shift!.Name} {p.Entries.Count}")
            .ShouldBe(["Thu 19 Nov Day 1", "Wed 18 Nov Night 2", "Wed 18 Nov Evening 1"]);
    }

    [Fact]
    public void In_the_night_the_clocks_go_back_both_hours_are_in_one_shift()
    {
        var twice = Times.On("2026-11-01 01:30");
        told.Add(new CheckSkipped(twice, "In the shower"));
        told.Add(new CheckSkipped(twice.AddHours(1), "In the shower"));
        var part = Newest().Parts.ShouldHaveSingleItem();
        (part.Shift!.Ends - part.Shift.Starts).TotalHours.ShouldBe(9);
        part.Entries.Select(e => Times.NewYork.Clock(e.At)).ShouldBe(["01:30 EST", "01:30 EDT"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(11)]
    [InlineData(400)]
    public void Page_by_page_every_entry_is_shown_once(int minutes)
    {
        Filled(1_000, minutes);
        var shown = new List<Guid>();
        for (var (leaf, pages) = (Newest(), 0); pages < 1_000; pages++)
        {
            shown.AddRange(leaf.Entries.Select(e => e.Id));
            leaf.Entries.Count().ShouldBeInRange(1, EntryPageRequest.Most);
            if (leaf.Earlier is not { } earlier)
            {
                break;
            }

            leaf = Cutting(new(Before: earlier));
        }

        shown.ShouldBe(told.History.Entries.Select(e => e.Id));
    }

    [Fact]
    public void What_arrives_meanwhile_makes_no_gap_and_no_repeat()
    {
        Filled(300, 11);
        var first = Newest();
        told.Check("2026-12-01 10:00");
        told.Check("2026-11-17 10:03", recorded: "2026-12-01 10:01");
        var second = Cutting(new(Before: first.Earlier));
        second.Entries.First().At.ShouldBeLessThan(first.Entries.Last().At);
        Cutting(new(DownTo: first.Earlier))
            .Entries.Concat(second.Entries)
            .Select(e => e.Id)
            .ShouldBe(
                told.History.Entries.Take(Cutting(new(DownTo: first.Earlier)).Entries.Count() + second.Entries.Count()).Select(e => e.Id)
            );
    }

    [Fact]
    public void A_page_ends_with_its_shift()
    {
        Filled(300, 11);
        var leaf = Newest();
        leaf.Later.ShouldBeNull();
        leaf.Parts.ShouldAllBe(p => !p.IsContinued);
        Cutting(new(Before: leaf.Earlier)).Parts[0].IsContinued.ShouldBeFalse();
    }

    [Fact]
    public void A_shift_that_is_too_long_for_a_page_goes_on_upon_the_next()
    {
        Filled(400, 1);
        var leaf = Newest();
        Cutting(new(Before: leaf.Earlier)).Parts[0].IsContinued.ShouldBeTrue();
    }

    [Fact]
    public void A_link_to_an_old_event_opens_its_shift_and_leads_on_both_ways()
    {
        Filled(500, 11);
        var old = told.History.Entries[250];
        var leaf = Cutting(new(Event: old.Id));
        leaf.Entries.ShouldContain(e => e.Id == old.Id);
        leaf.Parts[0].IsContinued.ShouldBeFalse();
        Cutting(new(After: leaf.Later))
            .Entries.Last()
            .Id.ShouldBe(told.History.Entries[told.History.Entries.ToList().FindIndex(e => e.Position == leaf.Later) - 1].Id);
        leaf.Earlier.ShouldNotBeNull();
    }

    [Fact]
    public void Nothing_to_show_is_an_empty_page()
    {
        Newest().ShouldSatisfyAllConditions(l => l.Parts.ShouldBeEmpty(), l => l.Earlier.ShouldBeNull(), l => l.Later.ShouldBeNull());
        Cutting(new(Before: 99)).Parts.ShouldBeEmpty();
    }

    [Fact]
    public void Filters_are_by_topic_person_shift_and_gravity()
    {
        var check = told.Check("2026-11-18 10:00");
        var missed = told.Add(new CheckMissed(Times.At("23:30"), null, 15, 1), by: "system");
        var moved = told.Add(Told.Moved("2026-11-18 10:30"), stream: "stay", by: "Sam Ortiz");
        Found(new(Topic: "rounding")).ShouldBe([missed, check]);
        Found(new(By: "Sam Ortiz")).ShouldBe([moved]);
        Found(new(Shift: "Night")).ShouldBe([missed]);
        Found(new(AtLeast: Significance.Notable)).ShouldBe([missed]);
        Found(new(Topic: "stay", AtLeast: Significance.Notable)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_word_that_is_searched_for_must_be_in_the_entry_or_beside_it()
    {
        var check = told.Check("2026-11-18 10:00", remark: "Asked for water");
        told.Check("2026-11-18 10:10", remark: "Asked for the time");
        told.Add(new CheckEnteredInError(Times.At("10:15"), check, "Wrong patient"));
        Found(new(Words: "WATER asked")).ShouldBe([check]);
        Found(new(Words: "wrong")).ShouldBe([check]);
        Found(new(Words: "water wine")).ShouldBeEmpty();
    }

    [Fact]
    public void The_position_of_what_is_not_sought_still_parts_the_pages()
    {
        told.Check("2026-11-18 10:00");
        var moved = told.Add(Told.Moved("2026-11-18 10:30"), stream: "stay");
        told.Check("2026-11-18 11:00");
        var sought = new EntryFilter(Topic: "rounding").In(told.History, Times.NewYork);
        new EntryPageRequest(Before: told.History.Find(moved)!.Position)
            .Take(sought, told.History, Told.Unit)
            .Entries.Single()
            .At.ShouldBe(Times.At("10:00"));
    }

    private void Filled(int checks, int minutes)
    {
        for (var i = 0; i < checks; i++)
        {
            told.Check(Times.On("2026-11-01 07:00").DateTime.AddMinutes(i * minutes).ToString("yyyy-MM-dd HH:mm"));
        }
    }

    private IEnumerable<Guid> Found(EntryFilter sought) => sought.In(told.History, Times.NewYork).Select(e => e.Id);

    private EntryPage Newest() => Cutting(EntryPageRequest.Newest);

    private EntryPage Cutting(EntryPageRequest cut) => cut.Take(told.History.Entries, told.History, Told.Unit);
}
