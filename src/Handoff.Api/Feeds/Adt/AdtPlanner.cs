using Handoff.Api.Feeds.Hl7;
using Handoff.Api.Feeds.Mllp;
using Handoff.Domain.Feeds;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Api.Feeds.Adt;

/// <summary>
/// What one message comes to, by the rules of its feed. Every patient's stay is looked for before the first command is sent: there is no
/// half of a swap with
/// somebody unknown, and nothing of a message about a visit that is another patient's.
/// </summary>
internal sealed class AdtPlanner(string facility, AdtEvent said, Feed feed, AdtPlaces places, UnitTime sender, StayFinder stays)
{
    private const string NotHere = "The patient is not here.";
    private const string Outpatient = "Outpatients are not admitted.";
    private const string NobodyOfThatNumber = "Nobody here has that number.";

    private readonly List<AdtStep> steps = [];
    private readonly List<Guid> visits = [];
    private readonly List<string> elsewhere = [];
    private Hl7Fault? fault;
    private string? why;

    internal async Task<AdtPlan> Plan(CancellationToken cancel)
    {
        foreach (var (index, subject) in said.Subjects.Index())
        {
            await Add(subject, index + 1, cancel);
        }

        return new(
            fault is null ? steps : [],
            visits,
            fault,
            fault is null && steps.Count == 0 ? why ?? NobodyOfThatNumber : null,
            elsewhere
        );
    }

    private Task Add(AdtSubject subject, int nth, CancellationToken cancel) =>
        said.Trigger switch
        {
            var trigger when AdtKinds.Merges.Contains(trigger) => Merge(subject, nth, cancel),
            var trigger when AdtKinds.Moves.Contains(trigger) => MoveVisit(subject, nth, cancel),
            var trigger when AdtKinds.Renumberings.Contains(trigger) => Renumber(subject, nth, cancel),
            _ => Attend(subject, nth, cancel),
        };

    private async Task Attend(AdtSubject subject, int nth, CancellationToken cancel)
    {
        var found = await stays.Find(facility, said, subject, feed, cancel);
        var place = Place(subject);
        visits.Add(found.Id);
        switch (found)
        {
            case { IsAnothers: true }:
                Refuse(AdtFaults.PatientMismatch(nth));
                break;
            case { Stay: { } stay } when !IsToAdmit(stay):
                Known(subject, new(found.Id, stay, nth, found.IsByVisit), place);
                break;
            default:
                New(subject, found, nth, place);
                break;
        }
    }

    private bool IsToAdmit(Stay stay) => stay.IsCancelled && said.Trigger is AdtTrigger.A01 or AdtTrigger.A06;

    private AdtPlace Place(AdtSubject subject)
    {
        var place = said.Trigger is AdtTrigger.A28 or AdtTrigger.A31 ? AdtPlace.Unsaid : places.Find(subject.Visit?.Location);
        if (place.IsElsewhere)
        {
            elsewhere.Add(place.Named!);
        }

        return place;
    }

    /// <summary>Nothing is known of the stay.</summary>
    private void New(AdtSubject subject, StayFound found, int nth, AdtPlace place)
    {
        var isOut = feed.Outpatients.Contains(subject.Visit?.Class ?? "");
        switch (said.Trigger)
        {
            case AdtTrigger.A04 or AdtTrigger.A07 or AdtTrigger.A10 or AdtTrigger.A23 or AdtTrigger.A28 or AdtTrigger.A29 or AdtTrigger.A31:
                why ??= NotHere;
                break;
            case var _ when place.IsElsewhere && feed.Elsewhere == FeedAction.Hold:
                Refuse(AdtFaults.PlaceUnknown(nth));
                break;
            case var _ when place.IsElsewhere:
                why ??= $"{place.Named} is none of our places.";
                break;
            case not AdtTrigger.A06 when isOut:
                why ??= Outpatient;
                break;
            case AdtTrigger.A01 or AdtTrigger.A06:
            case AdtTrigger.A02 or AdtTrigger.A17 when place.IsOurs && IsFromElsewhere(subject, nth):
                steps.Add(
                    new(AdtCommands.Admit(said, subject, feed, place) with { Key = found.Id.ToString() }, found.Id, nth, found.IsByVisit)
                );
                break;
            default:
                Refuse(AdtFaults.StayUnknown(found.IsByVisit, nth));
                break;
        }
    }

    // Who comes from a place that is not ours was admitted there, and no admission of theirs is for us.
    private bool IsFromElsewhere(AdtSubject subject, int nth) =>
        places
            .Find(subject.Visit?.PriorLocation ?? (said.Trigger == AdtTrigger.A17 ? said.Subjects[nth == 1 ? 1 : 0].Visit?.Location : null))
            .IsElsewhere;

    private void Known(AdtSubject subject, Patient at, AdtPlace place)
    {
        var stay = at.Stay;
        switch (said.Trigger)
        {
            case AdtTrigger.A23 or AdtTrigger.A29 when stay.IsHere():
                Refuse(AdtFaults.RecordDeleted(at.Nth));
                break;
            case AdtTrigger.A23 or AdtTrigger.A29:
                why ??= NotHere;
                break;
            case AdtTrigger.A01
            or AdtTrigger.A02
            or AdtTrigger.A06
            or AdtTrigger.A08
            or AdtTrigger.A12
            or AdtTrigger.A17 when place.IsElsewhere && feed.Elsewhere == FeedAction.Hold:
                Refuse(AdtFaults.PlaceUnknown(at.Nth));
                break;
            case AdtTrigger.A02 or AdtTrigger.A12 or AdtTrigger.A17 when place.IsElsewhere && stay.DischargedAt is not null:
                why ??= NotHere;
                break;
            case AdtTrigger.A02 or AdtTrigger.A12 or AdtTrigger.A17 when place.IsElsewhere:
                Send(at, new MoveOutside(place.Named, said.OccurredAt.At));
                break;
            case AdtTrigger.A10 when !place.IsOurs || stay.DischargedAt is not null:
                why ??= "The patient is only passing through.";
                break;
            case AdtTrigger.A21
            or AdtTrigger.A22
            or AdtTrigger.A52
            or AdtTrigger.A53 when stay is { Outside: not null, DischargedAt: null }:
                why ??= NotHere;
                break;
            case AdtTrigger.A06 when stay.DischargedAt < said.OccurredAt.At:
                Send(at, new CancelDischarge(said.OccurredAt.At));
                Follow(at with { Stay = stay with { DischargedAt = null } }, place);
                break;
            default:
                Send(at, AdtCommands.For(said, subject, feed, place, sender));
                if (AdtCommands.IsUpdate(said.Trigger))
                {
                    Follow(at, place);
                }

                break;
        }
    }

    // An update that says another place: who is at a place that is not ours is no patient of a board here, and who is back is one again.
    private void Follow(Patient at, AdtPlace place)
    {
        var when = said.OccurredAt.At;
        if (place.IsElsewhere && at.Stay.IsHere() && when >= at.Stay.Where()!.Since)
        {
            Send(at, new MoveOutside(place.Named, when));
        }

        if (place.IsOurs && at.Stay.Outside?.Since < when && at.Stay.DischargedAt is null)
        {
            Send(at, AdtCommands.Move(place, when));
        }

        if (place.IsOurs && said.Trigger == AdtTrigger.A06 && at.Stay.Outside is null)
        {
            Send(at, AdtCommands.Move(place, when));
        }
    }

    /// <summary>
    /// Only stays under the number that is given up, of that authority: the same number of another authority is another patient.
    /// </summary>
    private async Task Merge(AdtSubject subject, int nth, CancellationToken cancel)
    {
        var (prior, patient) = (AdtIdentity.OfPrior(subject, feed), AdtIdentity.ForSubject(subject, feed));
        foreach (var stay in await stays.Alike(facility, prior, cancel))
        {
            if (prior.Likeness(stay) == Likeness.Sure)
            {
                Send(new(stay.Id, stay, nth, false), new Merge(subject.Patient.Mrn, said.OccurredAt.At, patient.Identifiers));
            }
            else if (prior.Likeness(stay) is Likeness.Unsaid or Likeness.Unsure)
            {
                visits.Add(stay.Id);
                Refuse(AdtFaults.AuthorityMissing(nth));
            }
        }
    }

    private async Task MoveVisit(AdtSubject subject, int nth, CancellationToken cancel)
    {
        var (prior, patient) = (AdtIdentity.OfPrior(subject, feed), AdtIdentity.ForSubject(subject, feed));
        var numbered = (await Numbered(subject, prior, cancel)).ToList();
        if (numbered.Count == 0)
        {
            await HoldIfHere(subject, prior, nth, cancel);
        }

        foreach (var stay in numbered)
        {
            visits.Add(stay.Id);
            if (prior.Likeness(stay) == Likeness.Sure || patient.Likeness(stay) == Likeness.Sure)
            {
                Patient at = new(stay.Id, stay, nth, true);
                if (patient.Likeness(stay) != Likeness.Sure)
                {
                    Send(at, AdtCommands.MoveVisit(said, subject, patient));
                }

                if (said.Trigger == AdtTrigger.A45 && subject.Visit?.Number is { Length: > 0 } number)
                {
                    Send(at, new RenumberVisit(number, said.OccurredAt.At));
                }
            }
            else
            {
                Refuse(prior.Likeness(stay) == Likeness.None ? AdtFaults.PatientMismatch(nth) : AdtFaults.AuthorityMissing(nth));
            }
        }

        why ??= "No visit here has that number.";
    }

    /// <summary>
    /// An account whose number no visit here has, or a visit without a number: of a patient who is here, what is moved may be this very
    /// visit, and only a person can tell.
    /// A visit with a number that is none of ours is not.
    /// </summary>
    private async Task HoldIfHere(AdtSubject subject, Identity prior, int nth, CancellationToken cancel)
    {
        if (said.Trigger == AdtTrigger.A45 && !string.IsNullOrEmpty(subject.Prior!.Visit))
        {
            return;
        }

        foreach (
            var stay in (await stays.Alike(facility, prior, cancel)).Where(stay => stay.IsHere() && prior.Likeness(stay) == Likeness.Sure)
        )
        {
            visits.Add(stay.Id);
            Refuse(AdtFaults.VisitUnsaid(said.Trigger == AdtTrigger.A44 || feed.Visits == VisitField.AccountNumber, nth));
        }
    }

    private async Task Renumber(AdtSubject subject, int nth, CancellationToken cancel)
    {
        why ??= "No visit here has that number.";
        if (said.Trigger == AdtTrigger.A49 && feed.Visits != VisitField.AccountNumber)
        {
            return;
        }

        var patient = AdtIdentity.ForSubject(subject, feed);
        foreach (var stay in await Numbered(subject, patient, cancel))
        {
            visits.Add(stay.Id);
            var other = await stays.WithVisit(facility, said, subject.Visit?.Number, subject.Visit?.NumberAuthority, feed, cancel);
            if (!patient.IsOf(stay))
            {
                Refuse(AdtFaults.PatientMismatch(nth));
            }
            else if (other is not null && other.Id != stay.Id && other.IsHere() && stay.IsHere())
            {
                Refuse(AdtFaults.VisitsMerged(nth));
            }
            else if (subject.Visit?.Number is { Length: > 0 } number)
            {
                Send(new(stay.Id, stay, nth, true), new RenumberVisit(number, said.OccurredAt.At));
            }
        }
    }

    // The visit that the message gives up: under its own number, or one of the patient's that has it by now.
    private async Task<IEnumerable<Stay>> Numbered(AdtSubject subject, Identity patient, CancellationToken cancel)
    {
        var (number, authority) = (subject.Prior!.Visit, subject.Prior.VisitAuthority);
        if (string.IsNullOrEmpty(number))
        {
            return [];
        }

        return await stays.WithVisit(facility, said, number, authority, feed, cancel) is { } stay
            ? [stay]
            : (await stays.ForPatient(facility, patient, cancel)).Where(other => other.Visit == Text.Line(number));
    }

    private void Send(Patient at, Command<Stay> command) =>
        steps.Add(new(command with { Key = at.Id.ToString() }, at.Id, at.Nth, at.IsByVisit));

    private void Refuse(Hl7Fault refused) => fault ??= refused;

    private sealed record Patient(Guid Id, Stay Stay, int Nth, bool IsByVisit);
}
