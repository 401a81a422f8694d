using Handoff.Api.Feeds.Hl7;
using Handoff.Domain.Feeds;

namespace Handoff.Api.Feeds.Adt;

/// <summary>
/// Reads one ADT message. Strict about who, where, when and what; tolerant of the rest, which it leaves out and reports as doubts.
/// </summary>
internal sealed class AdtReader(Hl7Message message, TimeZoneInfo zone, Feed feed)
{
    private const int MostSubjects = 100;
    private const string NotAdt = "MSH-9 is not an ADT message: only admissions are read here.";

    private static readonly string NotRead =
        $"MSH-9 names a trigger that is not read here: only {string.Join(", ", Enum.GetNames<AdtTrigger>())} are.";
    private static readonly Hl7Fault OtherTrigger = Hl7Fault.FieldUnreadable("EVN", 1) with
    {
        Text = "EVN-1 names another trigger than MSH-9, which counts.",
    };

    private static readonly AdtTrigger[] WithoutVisit =
    [
        AdtTrigger.A08,
        AdtTrigger.A23,
        AdtTrigger.A28,
        AdtTrigger.A29,
        AdtTrigger.A31,
        .. AdtKinds.Merges,
        AdtTrigger.A44,
        AdtTrigger.A49,
    ];
    private static readonly AdtTrigger[] WithPlace = [AdtTrigger.A01, AdtTrigger.A02, AdtTrigger.A06, AdtTrigger.A12, AdtTrigger.A17];

    private readonly AdtFields fields = new(zone);
    private readonly Hl7Segment msh = message.Header.Msh;
    private readonly Hl7Segment evn = message["EVN"];

    internal AdtReading Read()
    {
        var trigger = Trigger();
        var version = Version();
        var control = fields.Required(msh, 10, AckCode.AR);
        if (fields.Faults.Count > 0)
        {
            return new(null, fields.Faults);
        }

        var occurred = Occurred();
        var subjects = Groups().Select((group, at) => Subject(group, at + 1, trigger)).ToList();
        Expect(subjects.Count, trigger);
        return fields.Faults.Count > 0
            ? new(null, fields.Faults)
            : new(
                new(
                    trigger,
                    control,
                    version!,
                    fields.Said(msh, 11),
                    fields.Said(msh, 3),
                    fields.Said(msh, 4),
                    fields.Time(msh, 7),
                    occurred,
                    subjects,
                    fields.Doubts
                ),
                []
            );
    }

    private AdtTrigger Trigger()
    {
        if (AdtEvent.CodeOf(message) is not { } code)
        {
            return Refuse(Hl7Error.UnsupportedMessageType, "message-type-unsupported", NotAdt);
        }

        if (evn[1].Text.Trim() is { Length: > 0 } told && told != code)
        {
            fields.Doubts.Add(OtherTrigger);
        }

        return Known(code) ?? Refuse(Hl7Error.UnsupportedEvent, "trigger-unsupported", NotRead);
    }

    private static AdtTrigger? Known(string code) =>
        Enum.TryParse<AdtTrigger>(code, out var trigger) && trigger.ToString() == code ? trigger : null;

    private AdtTrigger Refuse(Hl7Error error, string code, string text)
    {
        fields.Faults.Add(Hl7Fault.Refused(9, error, code, text));
        return default;
    }

    private Version? Version()
    {
        if (message.Header.Version is { } version)
        {
            return version;
        }

        fields.Faults.Add(
            Hl7Fault.Refused(12, Hl7Error.UnsupportedVersion, "version-unsupported", "MSH-12 is not a version of HL7 from 2.1 to 2.9.")
        );
        return null;
    }

    private Hl7Time Occurred()
    {
        fields.Whole(evn, 1);
        var told = ((Hl7Segment Segment, int Field)[])[(evn, 6), (evn, 2), (msh, 7)];
        var times = told.Select(at => fields.Vital(at.Segment, at.Field)).OfType<Hl7Time>().ToList();
        if (times.Count == 0)
        {
            fields.Faults.Add(Hl7Fault.FieldMissing("EVN", 2));
        }

        return times.Where(time => time.Precision >= TimePrecision.Minute).Concat(times).FirstOrDefault();
    }

    /// <summary>Each PID begins a patient; what follows it belongs to that patient.</summary>
    private List<List<Hl7Segment>> Groups()
    {
        List<List<Hl7Segment>> groups = [];
        foreach (var segment in message.Segments)
        {
            if (segment.Name == "PID")
            {
                groups.Add([segment]);
            }
            else if (segment.Name is not ("PV1" or "PV2" or "MRG"))
            {
                continue;
            }
            else if (groups.Count > 0)
            {
                groups[^1].Add(segment);
            }
            else if (message.All("PID").Any())
            {
                fields.Faults.Add(Misplaced(segment.Name, 1));
            }

            if (groups.Count > MostSubjects)
            {
                break;
            }
        }
        return groups;
    }

    private void Expect(int count, AdtTrigger trigger)
    {
        if (count == 0 || (trigger == AdtTrigger.A17 && count == 1))
        {
            fields.Faults.Add(Hl7Fault.SegmentMissing("PID", count + 1));
        }

        var most = trigger switch
        {
            AdtTrigger.A17 => 2,
            _ when AdtKinds.GivesUpNumbers(trigger) => MostSubjects,
            _ => 1,
        };
        if (count > most)
        {
            fields.Faults.Add(Misplaced("PID", most + 1));
        }
    }

    private static Hl7Fault Misplaced(string segment, int occurrence) =>
        new(
            AckCode.AE,
            segment,
            0,
            Hl7Error.SegmentSequence,
            "segment-misplaced",
            $"{segment} stands where this message has no place for one.",
            occurrence
        );

    private AdtSubject Subject(List<Hl7Segment> group, int nth, AdtTrigger trigger)
    {
        Hl7Segment Find(string name) => group.Find(segment => segment.Name == name);
        foreach (var segment in group)
        {
            fields.Whole(segment, nth);
        }

        fields.Nth = nth;
        return new(
            Patient(group[0], trigger),
            Visit(group[0], Find("PV1"), Find("PV2"), trigger),
            AdtKinds.GivesUpNumbers(trigger) ? Prior(Find("MRG"), trigger) : null
        );
    }

    private AdtPatient Patient(Hl7Segment pid, AdtTrigger trigger)
    {
        List<AdtIdentifier> identifiers = [.. fields.Identifiers(pid, 3), .. fields.Identifiers(pid, 2)];
        var (name, preferred) = AdtNames.Choose(pid[5], pid[9]);
        var (family, given) = (fields.Said(pid, 5, name.Component(1)), fields.Said(pid, 5, name.Component(2)));
        if (trigger == AdtTrigger.A01 && string.IsNullOrEmpty(family) && string.IsNullOrEmpty(given))
        {
            fields.Missing(pid.Name, 5);
        }

        return new(
            Number(identifiers, "PID", 3),
            identifiers,
            fields.Said(pid, 18),
            family,
            given,
            fields.Said(pid, 5, name.Component(3)),
            preferred is { } by ? fields.Said(pid, 5, by) : null,
            fields.Time(pid, 7),
            fields.Said(pid, 8)?.ToUpperInvariant(),
            fields.Said(pid, 15)
        );
    }

    private string Number(IEnumerable<AdtIdentifier> identifiers, string segment, int field) =>
        Chosen(identifiers)?.Id ?? fields.Missing(segment, field);

    private AdtIdentifier? Chosen(IEnumerable<AdtIdentifier> identifiers) =>
        identifiers.Where(identifier => Rank(identifier) < int.MaxValue).MinBy(Rank);

    /// <summary>A social security number is nobody's record number.</summary>
    private int Rank(AdtIdentifier identifier) =>
        AdtKinds.Plain(identifier.Type) switch
        {
            null => feed.Types.Count,
            "SS" or "SSN" => int.MaxValue,
            var type => feed.Types.Select(AdtKinds.Plain).ToList().IndexOf(type) is >= 0 and var place ? place : feed.Types.Count + 1,
        };

    private AdtVisit? Visit(Hl7Segment pid, Hl7Segment pv1, Hl7Segment pv2, AdtTrigger trigger)
    {
        var (number, authority) = feed.Visits == VisitField.AccountNumber ? Numbered(pid, 18) : Numbered(pv1, 19);
        if (pv1.IsAbsent)
        {
            if (!WithoutVisit.Contains(trigger))
            {
                fields.Absent("PV1");
            }

            return number is null ? null : new(null, null, null, null, number, null, null, null, authority);
        }
        var location = fields.Location(pv1, 3);
        if (WithPlace.Contains(trigger) && string.IsNullOrEmpty(location?.Unit))
        {
            fields.Missing("PV1", 3);
        }

        return new(
            fields.Said(pv1, 2)?.ToUpperInvariant(),
            location,
            fields.Location(pv1, 6),
            fields.Person(pv1, 7),
            number,
            fields.Time(pv1, 44),
            fields.Time(pv1, 45),
            pv2.IsAbsent ? null : fields.Time(pv2, 47),
            authority
        );
    }

    private (string? Number, string? Authority) Numbered(Hl7Segment segment, int field) =>
        segment.IsAbsent ? (null, null) : (fields.Said(segment, field), fields.Authority(segment, field, segment[field].Component(4)));

    // An account is moved by its own number; a sender that numbers visits may say the visit beside it, which is surer.
    private int[] VisitFields(AdtTrigger trigger) =>
        (feed.Visits, trigger) switch
        {
            (VisitField.AccountNumber, _) or (_, AdtTrigger.A49) => [3],
            (_, AdtTrigger.A44) => [5, 3],
            _ => [5],
        };

    private AdtPrior? Prior(Hl7Segment mrg, AdtTrigger trigger)
    {
        if (mrg.IsAbsent)
        {
            fields.Absent("MRG");
            return null;
        }

        List<AdtIdentifier> identifiers = [.. fields.Identifiers(mrg, 1)];
        var isRenumbered = AdtKinds.Renumberings.Contains(trigger);
        var (visit, authority) = VisitFields(trigger)
            .Select(field => Numbered(mrg, field))
            .FirstOrDefault(told => !string.IsNullOrEmpty(told.Number));
        if (isRenumbered && string.IsNullOrEmpty(visit))
        {
            fields.Missing("MRG", feed.Visits == VisitField.AccountNumber || trigger == AdtTrigger.A49 ? 3 : 5);
        }

        return new(isRenumbered ? Chosen(identifiers)?.Id ?? "" : Number(identifiers, "MRG", 1), identifiers, visit, authority);
    }
}
