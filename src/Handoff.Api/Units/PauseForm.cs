using Handoff.Domain.Kernel;
using Handoff.Domain.Units;
using Handoff.Web.Units;

namespace Handoff.Api.Units;

/// <summary>The reasons for a pause as the set-up's form sends them: one line each. A line without a name is no reason.</summary>
internal static class PauseForm
{
    public static List<PauseReason> Read(FormPost form)
    {
        // What belongs to a line without a name is not read.
        foreach (var line in Enumerable.Range(0, Pauses.Most + 1))
        {
            form.Takes(PauseLine.Id(line), PauseLine.Minutes(line));
        }

        var reasons = new List<PauseReason>();
        var kept = Lines(form).Select(line => form.Text(PauseLine.Id(line))).OfType<string>().ToHashSet();
        foreach (var line in Lines(form))
        {
            var id = form.Text(PauseLine.Id(line)) ?? Pauses.IdFor(form.Text(PauseLine.Name(line)), kept);
            kept.Add(id);
            reasons.Add(Read(form, line, id));
        }

        foreach (var (line, reason) in Lines(form).Zip(reasons))
        {
            Judge(form, line, reason, reasons);
        }

        return reasons;
    }

    private static IEnumerable<int> Lines(FormPost form) =>
        Enumerable.Range(0, Pauses.Most + 1).Where(line => Text.Line(form.Text(PauseLine.Name(line))) is not null);

    private static PauseReason Read(FormPost form, int line, string id) =>
        new(id, Text.Line(form.Text(PauseLine.Name(line)))!, form.Number(PauseLine.Minutes(line)) ?? 0);

    // Each at its own field: the list as a whole would not say where.
    private static void Judge(FormPost form, int line, PauseReason reason, List<PauseReason> all)
    {
        if (form.Number(PauseLine.Minutes(line)) is null)
        {
            form.Wrong(
                PauseLine.Minutes(line),
                $"Say in minutes how long “{Short(reason.Name)}” lasts at most; {Pauses.Longest} is four hours."
            );
        }
        else if (reason.Wrong() is { } wrong)
        {
            form.Wrong(wrong.Field == "longestMinutes" ? PauseLine.Minutes(line) : PauseLine.Name(line), wrong.Says);
        }
        else if (all.Find(other => other.Name.Equals(reason.Name, StringComparison.OrdinalIgnoreCase)) != reason)
        {
            form.Wrong(PauseLine.Name(line), $"“{reason.Name}” stands above already.");
        }
    }

    private static string Short(string name) => name.Length > Pauses.LongestName ? name[..Pauses.LongestName] + "…" : name;
}
