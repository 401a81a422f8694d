using Handoff.Domain.Observations;
using Handoff.Domain.Stays;
using Handoff.Domain.Timeline;

namespace Handoff.Domain.Tests.Timeline;

public sealed class LinesTests
{
    private readonly Told told = new();

    private IReadOnlyList<Line> Folded => Lines.FromEntries(told.History.Entries);

    [Fact]
    public void Uneventful_checks_are_one_line_that_says_the_longest_gap()
    {
        foreach (var clock in (string[])["23:07", "23:20", "23:34", "23:45"])
        {
            told.Check("2026-11-18 " + clock);
        }

        var run = Folded.ShouldHaveSingleItem().ShouldBeOfType<CheckRun>();
        run.Words.ShouldBe("4 checks, all asleep, Room, longest gap 14 min");
        (run.From, run.To).ShouldBe((Times.At("23:07"), Times.At("23:45")));
    }

    [Fact]
    public void A_run_keeps_its_id_while_it_grows()
    {
        Three();
        var before = ((CheckRun)Folded[0]).Id;
        told.Check("2026-11-18 10:30");
        ((CheckRun)Folded[0]).Id.ShouldBe(before);
    }

    [Fact]
    public void A_run_crosses_midnight()
    {
        told.Check("2026-11-18 23:40");
        told.Check("2026-11-18 23:52");
        told.Check("2026-11-19 00:04");
        Folded.ShouldHaveSingleItem().ShouldBeOfType<CheckRun>();
    }

    [Fact]
    public void Two_checks_are_told_one_by_one()
    {
        told.Check("2026-11-18 10:00");
        told.Check("2026-11-18 10:10");
        Folded.Count.ShouldBe(2);
    }

    [Fact]
    public void A_gap_beyond_the_limit_breaks_the_run()
    {
        Three();
        told.Check("2026-11-18 10:40");
        Folded.Select(l => l.GetType().Name).ShouldBe([nameof(SingleLine), nameof(CheckRun)]);
    }

    [Fact]
    public void What_is_unusual_stands_out()
    {
        Three();
        told.Check("2026-11-18 10:25", remark: "Asked for water");
        told.Check("2026-11-18 10:30", breathing: false);
        told.Check("2026-11-18 10:22", recorded: "2026-11-18 11:00");
        Folded.OfType<SingleLine>().Count().ShouldBe(3);
    }

    [Fact]
    public void A_pinned_check_and_one_made_in_error_are_told_by_themselves()
    {
        Three();
        told.Add(new EntryPinned(Times.At("10:30"), told.Check("2026-11-18 10:24"), null), stream: "stay");
        told.Add(new CheckEnteredInError(Times.At("10:31"), told.Check("2026-11-18 10:26"), "Wrong patient"));
        Folded.OfType<SingleLine>().Count().ShouldBe(2);
    }

    [Fact]
    public void What_was_the_same_over_and_over_is_one_line_with_how_many_the_worst_and_the_last_after_what_changed_in_the_patient()
    {
        Missed("2026-11-18 10:15", seen: "2026-11-18 10:00");
        told.Check("2026-11-18 10:20", remark: "Asked for water");
        Missed("2026-11-18 11:01", seen: "2026-11-18 10:20");
        told.Check("2026-11-18 11:02", remark: "Cried");
        Missed("2026-11-18 11:17", seen: "2026-11-18 11:02");
        var lines = Lines.Quiet(told.History.Entries);
        lines.Select(line => line.GetType().Name).ShouldBe([nameof(SingleLine), nameof(SingleLine), nameof(RepeatedLine)]);
        var repeated = (RepeatedLine)lines[^1];
        repeated.Words(Times.NewYork).ShouldBe("3 limits passed without a check, at worst 41 min, the last at 11:17");
        repeated.Entries.Count.ShouldBe(3);
        lines
            .SelectMany(line => line is RepeatedLine many ? many.Entries : [((SingleLine)line).Entry])
            .Select(entry => entry.Id)
            .ShouldBe(told.History.Entries.Select(entry => entry.Id), ignoreOrder: true);
    }

    [Fact]
    public void What_was_the_same_once_or_was_pinned_is_told_by_itself()
    {
        Missed("2026-11-18 10:15", seen: "2026-11-18 10:00");
        var pinned = Missed("2026-11-18 11:01", seen: "2026-11-18 10:20");
        told.Add(new EntryPinned(Times.At("11:30"), pinned, null), stream: "stay");
        Lines.Quiet(told.History.Entries).ShouldAllBe(line => line is SingleLine);
    }

    private Guid Missed(string at, string seen) =>
        told.Add(new CheckMissed(Times.On(at), Times.On(seen), 15, 1), source: Handoff.Domain.Kernel.Source.System);

    private void Three()
    {
        told.Check("2026-11-18 10:00");
        told.Check("2026-11-18 10:10");
        told.Check("2026-11-18 10:20");
    }
}
