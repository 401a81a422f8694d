using Handoff.Api.Feeds.Hl7;

namespace Handoff.Api.Feeds.Adt;

/// <summary>Reads single fields and remembers what was wrong with them: faults refuse the message, doubts don't.</summary>
internal sealed class AdtFields(TimeZoneInfo zone)
{
    private const int Longest = 250;
    private const int MostRepetitions = 100;

    internal List<Hl7Fault> Faults { get; } = [];
    internal List<Hl7Fault> Doubts { get; } = [];

    /// <summary>Which patient of the message is being read, counted from 1.</summary>
    internal int Nth { get; set; } = 1;

    internal void Whole(Hl7Segment segment, int nth)
    {
        if (segment.IsBroken)
        {
            Faults.Add(Hl7Fault.SegmentBroken(segment.Name, nth));
        }
    }

    internal void Absent(string segment) => Faults.Add(Hl7Fault.SegmentMissing(segment, Nth));

    internal string Missing(string segment, int field)
    {
        Faults.Add(Hl7Fault.FieldMissing(segment, field, Nth));
        return "";
    }

    internal string Required(Hl7Segment segment, int field, AckCode answer)
    {
        var before = Faults.Count;
        var said = Said(segment, field);
        if (string.IsNullOrEmpty(said) && Faults.Count == before)
        {
            Missing(segment.Name, field);
        }

        for (var at = before; at < Faults.Count; at++)
        {
            Faults[at] = Faults[at] with { Answer = answer };
        }

        return said ?? "";
    }

    internal string? Said(Hl7Segment segment, int field) => Said(segment, field, segment[field].Component(1));

    /// <summary>Null where nothing is said, "" for HL7's null; without control characters and blanks around.</summary>
    internal string? Said(Hl7Segment segment, int field, Hl7Component component)
    {
        if (component.IsNull)
        {
            return "";
        }

        var text = string.Concat(component.Text.Where(c => !char.IsControl(c))).Trim();
        if (text.Length == 0)
        {
            return null;
        }

        if (text.Length <= Longest)
        {
            return text;
        }

        Faults.Add(Hl7Fault.FieldTooLong(segment.Name, field, Longest, Nth));
        return null;
    }

    /// <summary>A time that matters: one that is there and can't be read refuses the message.</summary>
    internal Hl7Time? Vital(Hl7Segment segment, int field) => Time(segment, field, Faults);

    internal Hl7Time? Time(Hl7Segment segment, int field) => Time(segment, field, Doubts);

    private Hl7Time? Time(Hl7Segment segment, int field, List<Hl7Fault> wrong)
    {
        if (segment.IsAbsent || segment[field].Text.Trim() is not { Length: > 0 } text)
        {
            return null;
        }

        if (Hl7Time.TryRead(text, zone, out var time))
        {
            return time;
        }

        wrong.Add(Hl7Fault.FieldUnreadable(segment.Name, field, Nth));
        return null;
    }

    internal IEnumerable<AdtIdentifier> Identifiers(Hl7Segment segment, int field) =>
        from repetition in segment[field].Repetitions.Take(MostRepetitions)
        let id = Said(segment, field, repetition.Component(1))
        where !string.IsNullOrEmpty(id)
        select new AdtIdentifier(id, Said(segment, field, repetition.Component(5)), Authority(segment, field, repetition.Component(4)));

    /// <summary>An assigning authority by its name or, where it has none, by its universal id (HL7 data type HD).</summary>
    internal string? Authority(Hl7Segment segment, int field, Hl7Component said) =>
        Said(segment, field, said) is { Length: > 0 } name ? name
        : string.Concat(said.Subcomponent(2).Where(c => !char.IsControl(c))).Trim() is { Length: > 0 and <= Longest } id ? id
        : null;

    internal AdtLocation? Location(Hl7Segment segment, int field) =>
        segment[field].First.IsEmpty
            ? null
            : new(
                Said(segment, field, segment[field].Component(1)),
                Said(segment, field, segment[field].Component(2)),
                Said(segment, field, segment[field].Component(3)),
                Said(segment, field, segment[field].Component(4))
            );

    internal AdtPerson? Person(Hl7Segment segment, int field) =>
        segment[field].First.IsEmpty
            ? null
            : new(
                Said(segment, field, segment[field].Component(1)),
                Said(segment, field, segment[field].Component(2)),
                Said(segment, field, segment[field].Component(3))
            );
}
