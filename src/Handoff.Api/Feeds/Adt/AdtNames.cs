using Handoff.Api.Feeds.Hl7;

namespace Handoff.Api.Feeds.Adt;

/// <summary>Which of several names is the patient's (HL7 table 0200).</summary>
internal static class AdtNames
{
    private const int MostRepetitions = 100;

    /// <summary>The legal name, and what the patient goes by if that is said. A nickname without a given name is its family part.</summary>
    internal static (Hl7Repetition Legal, Hl7Component? Preferred) Choose(Hl7Field names, Hl7Field aliases)
    {
        var all = names.Repetitions.Take(MostRepetitions).Where(name => !name.IsEmpty).ToList();
        var legal =
            all.Find(name => Type(name) == "L") is { Raw.IsEmpty: false } typed ? typed
            : all.Find(name => Type(name) is not ("N" or "M" or "A" or "S")) is { Raw.IsEmpty: false } plain ? plain
            : names.First;
        var called = all.Concat(aliases.Repetitions.Take(MostRepetitions)).Where(name => !name.Raw.Equals(legal.Raw)).ToList();
        var preferred = called.Where(name => Type(name) == "N").Concat(called.Where(name => Type(name) == "D")).Select(Spoken).ToList();
        return (legal, preferred is [var first, ..] && first.Text != legal.Component(2).Text ? first : null);
    }

    private static string Type(Hl7Repetition name) => name.Component(7).Text.Trim().ToUpperInvariant();

    private static Hl7Component Spoken(Hl7Repetition name) => name.Component(2).IsEmpty ? name.Component(1) : name.Component(2);
}
