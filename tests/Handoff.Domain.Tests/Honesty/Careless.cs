using Handoff.Domain.Access;
using Handoff.Domain.Escalations;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Incidents;
using Handoff.Domain.Kernel;
using Handoff.Domain.Meetings;
using Handoff.Domain.Notes;
using Handoff.Domain.Observations;
using Handoff.Domain.Status;
using Handoff.Domain.Stays;
using Handoff.Domain.Tasks;
using Handoff.Domain.Units;
using static Handoff.Domain.Tests.Handoffs.Floor;

namespace Handoff.Domain.Tests.Honesty;

/// <summary>One thing that somebody does at a moment; what exactly follows from the seed and from how things are then.</summary>
internal sealed record Step(DateTimeOffset At, int Seed);

/// <summary>
/// People who are tired: they enter late and twice, take back, pause and forget, hear of leaves and discharges afterwards, choose the wrong
/// patient;
/// and a feed that repeats itself and comes in the wrong order.
/// </summary>
internal static class Careless
{
    private static readonly Actor[] Floor = [Kim, Ruiz, Park, Ortiz];

    private static readonly Actor[] Everybody = [Kim, Ruiz, Park, Ortiz, Osei, Raman];

    private static readonly Actor Feed = new(new("feed", "Hospital feed", Role.Integration), Permission.All.ToHashSet());

    private static readonly string[] Units = [Ward.West, Ward.East],
        Places = ["Room", "Day room", "Hallway", "Bathroom"];

    private static readonly (int Weight, Action<World, Random> Happens)[] Wishes =
    [
        (60, Round),
        (14, CheckNow),
        (8, CheckLate),
        (4, CheckTwice),
        (4, CheckWrongPatient),
        (6, CheckTakenBack),
        (2, Skip),
        (2, Bulk),
        (2, SeesTo),
        (3, Pause),
        (3, Resume),
        (3, PauseForAMoment),
        (3, Leave),
        (4, Return),
        (2, LeaveHeardOfLater),
        (2, ThereAndBack),
        (2, ReturnHeardOfLater),
        (3, Admit),
        (2, Move),
        (2, MoveHeardOfLater),
        (2, MoveCancelled),
        (2, Discharge),
        (2, DischargeCancelled),
        (1, AdmissionCancelled),
        (2, FeedAgain),
        (2, MoveOutside),
        (3, BackInside),
        (1, ReportsGiven),
        (3, Raise),
        (2, Lower),
        (2, OrderUntil),
        (3, Note),
        (3, NoteAmended),
        (2, Behavior),
        (2, Meal),
        (3, StatusTakenBack),
        (4, Precaution),
        (2, PrecautionGoesOn),
        (3, Incident),
        (9, IncidentStep),
        (2, Concern),
        (2, Answer),
        (2, Task),
        (2, TaskStep),
        (1, Contingency),
        (1, ContingencyAnswered),
        (3, ComesOn),
        (2, TakesCharge),
        (4, Assigns),
        (6, Gives),
        (6, Receives),
        (1, TakesOver),
        (2, Reviews),
    ];

    private static readonly int Total = Wishes.Sum(w => w.Weight);

    /// <summary>A history's plan: so many steps from a moment on, mostly minutes apart, now and then hours.</summary>
    public static List<Step> Plan(int seed, DateTimeOffset start, int steps)
    {
        var chance = new Random(seed);
        var (plan, at) = (new List<Step>(), start);
        for (var i = 0; i < steps; i++)
        {
            at = at.AddSeconds(
                chance.Next(100) switch
                {
                    < 55 => chance.Next(20, 300),
                    < 92 => chance.Next(60, 720),
                    < 98 => chance.Next(900, 2700),
                    98 => chance.Next(3600, 10_800),
                    _ => chance.Next(20_000, 60_000),
                }
            );
            plan.Add(new(at, chance.Next()));
        }

        return plan;
    }

    public static void Happen(World world, Step step)
    {
        var chance = new Random(step.Seed);
        world.IsDown = chance.Next(60) == 0;
        world.Until(step.At);
        var roll = chance.Next(Total);
        Wishes.First(w => (roll -= w.Weight) < 0).Happens(world, chance);
    }

    /// <summary>Two patients are there from the beginning, one of them since the day before.</summary>
    public static void Begin(World world)
    {
        world.Do(
            new Admit("M1", "Patient1", "Given", Ward.West, null, world.Now.AddHours(-23)) { Key = NamedId.From("stay", "1").ToString() },
            Ortiz
        );
        world.Do(new Admit("M2", "Patient2", "Given", Ward.West, null) { Key = NamedId.From("stay", "2").ToString() }, Ortiz);
    }

    // Rounds

    private static void Round(World world, Random r)
    {
        foreach (var rounding in world.Those<Rounding>().Where(o => o.Due?.Asks <= world.Now.AddMinutes(3)).ToList())
        {
            if (r.Next(12) > 0)
            {
                world.Do(Look(world, r, rounding.Stay), One(r, Floor));
            }
        }
    }

    private static void CheckNow(World world, Random r) => OnOne(world, r, stay => world.Do(Look(world, r, stay), One(r, Floor)));

    private static void CheckLate(World world, Random r) =>
        OnOne(world, r, stay => world.Do(Look(world, r, stay) with { At = Ago(world, r, 40) }, One(r, Floor)));

    private static void CheckTwice(World world, Random r) =>
        OnOne(
            world,
            r,
            stay =>
            {
                var (look, by) = (Look(world, r, stay), One(r, Floor));
                world.Do(look, by);
                world.Do(look, by);
            }
        );

    private static void CheckWrongPatient(World world, Random r) =>
        OnOne(
            world,
            r,
            stay =>
            {
                var by = One(r, Floor);
                var wrong = world.Do(Look(world, r, stay), by);
                world.Until(world.Now.AddSeconds(r.Next(5, 200)));
                if (
                    wrong.Refusal is null
                    && world.Ward.Log.LastOrDefault(f => f.Event is SafetyChecked && f.Key == stay.ToString()) is { } entered
                )
                {
                    world.Do(new TakeBackCheck(entered.Id, "Wrong patient " + Mark(r)) { Key = stay.ToString() }, by);
                }
            }
        );

    private static void CheckTakenBack(World world, Random r) =>
        OnOne(
            world,
            r,
            stay =>
            {
                List<Guid> checks = [.. world.Ward.Log.Where(f => f.Event is SafetyChecked && f.Key == stay.ToString()).Select(f => f.Id)];
                if (checks.Count > 0)
                {
                    world.Do(
                        new TakeBackCheck(
                            checks[^(1 + Math.Min(checks.Count - 1, r.Next(r.Next(2) == 0 ? 2 : checks.Count)))],
                            "Mistake " + Mark(r)
                        )
                        {
                            Key = stay.ToString(),
                        },
                        One(r, Floor)
                    );
                }
            }
        );

    private static void SeesTo(World world, Random r) =>
        OnOne(world, r, stay => world.Do(new SeeToBreathing("Breathes " + Mark(r)) { Key = stay.ToString() }, Ortiz));

    private static void Skip(World world, Random r) =>
        OnOne(world, r, stay => world.Do(new SkipCheck("With the physician " + Mark(r)) { Key = stay.ToString() }, One(r, Floor)));

    // The end of a round: everybody's, at times that look right.
    private static void Bulk(World world, Random r)
    {
        foreach (var stay in world.Stays.Where(s => s.IsHere()).ToList())
        {
            world.Do(Look(world, r, stay.Id) with { At = Ago(world, r, 12) }, Kim);
        }
    }

    private static RecordCheck Look(World world, Random r, Guid stay)
    {
        var isNight = World.Time.Local(world.Now).Hour is >= 21 or < 7;
        var isAsleep = r.Next(10) < (isNight ? 9 : 1);
        return new(
            isAsleep ? "Room" : One(r, Places),
            isAsleep,
            isAsleep ? r.Next(80) > 0 : null,
            isAsleep || r.Next(4) > 0 ? null : One(r, Enum.GetValues<Activity>()),
            Remark: r.Next(6) == 0 ? "Said " + Mark(r) : null
        )
        {
            Key = stay.ToString(),
        };
    }

    // Pauses and leaves

    private static void Pause(World world, Random r) => OnOne(world, r, stay => world.Do(Paused(world, r, stay), One(r, Floor)));

    private static void PauseForAMoment(World world, Random r) =>
        OnOne(
            world,
            r,
            stay =>
            {
                world.Do(Paused(world, r, stay), Kim);
                world.Until(world.Now.AddSeconds(r.Next(1, 90)));
                world.Do(new ResumeObservation { Key = stay.ToString() }, Kim);
            }
        );

    private static void Resume(World world, Random r) =>
        OnOne(world, r, stay => world.Do(new ResumeObservation { Key = stay.ToString() }, One(r, Floor)));

    private static PauseObservation Paused(World world, Random r, Guid stay) =>
        new("procedure", world.Now.AddMinutes(r.Next(5, 100)), "Radiology") { Key = stay.ToString() };

    private static void Leave(World world, Random r) =>
        OnOne(
            world,
            r,
            stay =>
                world.Do(
                    new StartLeave(One(r, Enum.GetValues<LeaveKind>()), r.Next(4) == 0 ? null : world.Now.AddMinutes(r.Next(10, 200)))
                    {
                        Key = stay.ToString(),
                    },
                    Ortiz
                )
        );

    private static void LeaveHeardOfLater(World world, Random r) =>
        OnOne(
            world,
            r,
            stay =>
                world.Do(
                    new StartLeave(One(r, Enum.GetValues<LeaveKind>()), world.Now.AddMinutes(r.Next(10, 200)), At: Ago(world, r, 120))
                    {
                        Key = stay.ToString(),
                    },
                    Feed
                )
        );

    private static void Return(World world, Random r)
    {
        foreach (var away in world.Stays.Where(s => s.IsHere() && s.Leave is not null).ToList())
        {
            world.Do(new EndLeave { Key = away.Id.ToString() }, Ortiz);
        }
    }

    // Both in one go, before what follows from the first has followed.
    private static void ThereAndBack(World world, Random r) =>
        OnOne(
            world,
            r,
            stay =>
            {
                var (from, to) = (Ago(world, r, 120), Ago(world, r, 120));
                world.DoAtOnce(
                    new StartLeave(One(r, Enum.GetValues<LeaveKind>()), world.Now.AddMinutes(r.Next(10, 200)), At: from < to ? from : to)
                    {
                        Key = stay.ToString(),
                    },
                    r.Next(8) == 0
                        ? new Discharge(from < to ? to : from) { Key = stay.ToString() }
                        : new EndLeave(from < to ? to : from) { Key = stay.ToString() },
                    Feed
                );
            }
        );

    private static void ReturnHeardOfLater(World world, Random r) =>
        OnOne(world, r, stay => world.Do(new EndLeave(Ago(world, r, 60)) { Key = stay.ToString() }, Feed));

    // Movements

    private static void Admit(World world, Random r)
    {
        var (number, unit) = (world.Stays.Count() + 1, One(r, Units));
        if (world.Stays.Count(s => s.IsHere()) < 4)
        {
            world.Do(
                new Admit(
                    $"M{number}",
                    "Patient" + number,
                    "Given",
                    unit,
                    null,
                    r.Next(2) == 0 ? null : Ago(world, r, r.Next(3) == 0 ? 1300 : 30)
                )
                {
                    Key = NamedId.From("stay", $"{number}").ToString(),
                },
                Ortiz
            );
        }
    }

    private static void Move(World world, Random r) =>
        OnOne(world, r, stay => world.Do(new Transfer(One(r, Units), r.Next(1, 5).ToString()) { Key = stay.ToString() }, Ortiz));

    private static void MoveHeardOfLater(World world, Random r) =>
        OnOne(
            world,
            r,
            stay =>
                world.Do(
                    new Transfer(One(r, Units), r.Next(1, 5).ToString(), Ago(world, r, 180), BedMayBeTaken: true) { Key = stay.ToString() },
                    Feed
                )
        );

    private static void MoveCancelled(World world, Random r) =>
        OnOne(world, r, stay => world.Do(new CancelTransfer(r.Next(2) == 0 ? null : Ago(world, r, 120)) { Key = stay.ToString() }, Feed));

    private static void Discharge(World world, Random r) =>
        OnOne(world, r, stay => world.Do(new Discharge(r.Next(2) == 0 ? null : Ago(world, r, 120)) { Key = stay.ToString() }, Feed));

    private static void DischargeCancelled(World world, Random r)
    {
        if (world.Stays.Where(s => s.DischargedAt is not null && !s.IsCancelled).OrderBy(s => s.DischargedAt).LastOrDefault() is { } gone)
        {
            world.Do(new CancelDischarge(r.Next(2) == 0 ? null : world.Now) { Key = gone.Id.ToString() }, Feed);
        }
    }

    private static void AdmissionCancelled(World world, Random r)
    {
        if (world.Stays.Count() > 2)
        {
            OnOne(world, r, stay => world.Do(new CancelAdmission(null, "Never came " + Mark(r)) { Key = stay.ToString() }, Feed));
        }
    }

    private static void MoveOutside(World world, Random r) =>
        OnOne(
            world,
            r,
            stay =>
                world.Do(new MoveOutside("Surgery " + Mark(r), r.Next(2) == 0 ? null : Ago(world, r, 120)) { Key = stay.ToString() }, Feed)
        );

    // Back to where they were or elsewhere, or the move never was; told at once or later.
    private static void BackInside(World world, Random r)
    {
        if (
            world.Stays.Where(s => s.Outside is not null && s.DischargedAt is null && !s.IsCancelled).ToList() is { Count: > 0 } gone
            && One(r, gone) is var stay
        )
        {
            DateTimeOffset? at = r.Next(2) == 0 ? null : Ago(world, r, 60);
            world.Do(
                r.Next(4) > 0
                    ? new Transfer(One(r, Units), r.Next(1, 5).ToString(), at, BedMayBeTaken: true) { Key = stay.Id.ToString() }
                    : new CancelTransfer(at) { Key = stay.Id.ToString() },
                Feed
            );
        }
    }

    private static void ReportsGiven(World world, Random r)
    {
        if (world.Those<Departure>().Where(d => d.IsOpen).ToList() is { Count: > 0 } open)
        {
            world.Do(new GiveReport("Nurse " + Mark(r)) { Key = One(r, open).Stay.ToString() }, Ortiz);
        }
    }

    // A message comes again, later than another that it was sent before.
    private static void FeedAgain(World world, Random r)
    {
        if (
            world.Ward.Log.Where(f => f.Event is Transferred or LeaveStarted or LeaveEnded or Discharged).ToList() is { Count: > 0 } told
            && One(r, told) is var again
        )
        {
            world.Do(
                again.Event switch
                {
                    Transferred e => new Transfer(e.Unit, e.Bed, e.OccurredAt, BedMayBeTaken: true) { Key = again.Key },
                    LeaveStarted e => new StartLeave(e.Kind, e.ExpectedReturn, null, e.OccurredAt) { Key = again.Key },
                    LeaveEnded e => new EndLeave(e.OccurredAt) { Key = again.Key },
                    _ => new Discharge(again.Event.OccurredAt) { Key = again.Key },
                },
                Feed
            );
        }
    }

    // Levels

    private static void Raise(World world, Random r) =>
        OnOne(
            world,
            r,
            stay =>
                world.Do(
                    new OrderLevel(
                        One(r, [ObservationLevel.Q5, ObservationLevel.Q15, ObservationLevel.LineOfSight, ObservationLevel.OneToOne]),
                        "Worse " + Mark(r)
                    )
                    {
                        Key = stay.ToString(),
                    },
                    One(r, Floor)
                )
        );

    private static void Lower(World world, Random r) =>
        OnOne(
            world,
            r,
            stay =>
                world.Do(
                    new OrderLevel(One(r, [ObservationLevel.Q15, ObservationLevel.Q30, ObservationLevel.Q60]), "Better " + Mark(r))
                    {
                        Key = stay.ToString(),
                    },
                    People.Prescriber
                )
        );

    private static void OrderUntil(World world, Random r) =>
        OnOne(
            world,
            r,
            stay =>
                world.Do(
                    new OrderLevel(One(r, Enum.GetValues<ObservationLevel>()), "For now " + Mark(r), world.Now.AddMinutes(r.Next(10, 240)))
                    {
                        Key = stay.ToString(),
                    },
                    People.Prescriber
                )
        );

    // Notes and status

    private static void Note(World world, Random r) =>
        OnOne(
            world,
            r,
            stay =>
                world.Do(
                    new SignNote(stay, One(r, Enum.GetValues<NoteKind>()), "Wrote " + Mark(r), r.Next(3) == 0 ? Ago(world, r, 90) : null)
                    {
                        Key = NamedId.From("note", $"{r.Next()}").ToString(),
                    },
                    One(r, Floor)
                )
        );

    private static void NoteAmended(World world, Random r)
    {
        if (world.Those<Note>().Where(n => n.Error is null).ToList() is { Count: > 0 } notes && One(r, notes) is var note)
        {
            var author = Floor.First(a => a.Staff.Id == note.AuthorId);
            world.Do(
                r.Next(3) switch
                {
                    0 => new AddAddendum("Also " + Mark(r)) { Key = note.Id.ToString() },
                    1 => new CorrectNote("Meant " + Mark(r), "Slip " + Mark(r)) { Key = note.Id.ToString() },
                    _ => new StrikeNote("Wrong patient " + Mark(r)) { Key = note.Id.ToString() },
                },
                author
            );
        }
    }

    private static void Behavior(World world, Random r) =>
        OnOne(
            world,
            r,
            stay =>
                world.Do(
                    new ObserveBehavior(
                        One(r, Enum.GetValues<BehaviorDomain>()),
                        "seems " + Mark(r),
                        r.Next(4),
                        null,
                        r.Next(3) == 0 ? Ago(world, r, 60) : null
                    )
                    {
                        Key = stay.ToString(),
                    },
                    One(r, Floor)
                )
        );

    private static void Meal(World world, Random r) =>
        OnOne(
            world,
            r,
            stay =>
                world.Do(
                    new RecordMeal(One(r, Enum.GetValues<Domain.Status.Meal>()), r.Next(5) * 25, Remark: "Ate " + Mark(r))
                    {
                        Key = stay.ToString(),
                    },
                    One(r, Floor)
                )
        );

    private static void StatusTakenBack(World world, Random r)
    {
        if (
            world
                .Ward.Log.Where(f =>
                    f.Event is BehaviorObserved or MealRecorded or PrecautionStarted or PrecautionReviewed or PrecautionEnded
                )
                .ToList()
                is { Count: > 0 } entries
            && One(r, entries) is var entry
        )
        {
            world.Do(new TakeBackEntry(entry.Id, "Mistake " + Mark(r)) { Key = entry.Key }, People.Prescriber);
        }
    }

    private static void Precaution(World world, Random r) =>
        OnOne(
            world,
            r,
            stay =>
                world.Do(
                    new StartPrecaution(
                        One(r, [PrecautionKind.Suicide, PrecautionKind.Fall]),
                        "Because " + Mark(r),
                        null,
                        r.Next(2) == 0 ? null : Ago(world, r, 1300)
                    )
                    {
                        Key = stay.ToString(),
                    },
                    Ortiz
                )
        );

    private static void PrecautionGoesOn(World world, Random r)
    {
        if (
            world.Those<PatientStatus>().SelectMany(s => s.Precautions.Select(p => (s.Stay, p.Id))).ToList() is { Count: > 0 } all
            && One(r, all) is var (stay, id)
        )
        {
            world.Do(
                r.Next(2) == 0
                    ? new ReviewPrecaution(id) { Key = stay.ToString() }
                    : new EndPrecaution(id, "Over " + Mark(r)) { Key = stay.ToString() },
                Ortiz
            );
        }
    }

    // Incidents, concerns, tasks

    private static void Incident(World world, Random r)
    {
        var unit = One(r, Units);
        List<Guid> there = [.. world.Stays.Where(s => s.OnUnit() == unit).Select(s => s.Id).Take(r.Next(1, 3))];
        world.Do(
            new OpenIncident(
                One(r, Enum.GetValues<IncidentKind>()),
                unit,
                there,
                "Hallway",
                null,
                r.Next(3) == 0 ? Ago(world, r, 30) : null
            )
            {
                Key = NamedId.From("incident", $"{r.Next()}").ToString(),
            },
            Ortiz
        );
    }

    private static void IncidentStep(World world, Random r)
    {
        if (world.Those<Incident>().Where(i => !i.IsInError()).ToList() is not { Count: > 0 } all || One(r, all) is not { } incident)
        {
            return;
        }

        var (key, stay) = (incident.Id.ToString(), incident.Patients().Count > 0 ? One(r, incident.Patients()) : (Guid?)null);
        ICommand command = r.Next(9) switch
        {
            0 or 1 => new ResolveIncident("Calm " + Mark(r), r.Next(2) == 0 ? null : Ago(world, r, 20)) { Key = key },
            2 => new TakeBackStep(One(r, incident.Steps).Id, "Mistake " + Mark(r)) { Key = key },
            3 => new CorrectStep(One(r, incident.Steps).Id, "Slip " + Mark(r), Remark: "Rather " + Mark(r)) { Key = key },
            4 => new ReviewLevel(LevelOutcome.Kept, stay) { Key = key },
            5 => new HoldDebrief(DebriefOf.Patient, stay, Remark: "Talked " + Mark(r)) { Key = key },
            6 => new HoldDebrief(DebriefOf.Staff) { Key = key },
            7 => new InvolvePatient(world.Stays.Any() ? One(r, world.Stays.ToList()).Id : null) { Key = key },
            _ => new NoteIncident("Saw " + Mark(r)) { Key = key },
        };
        world.Do(command, People.Prescriber);
    }

    private static void Concern(World world, Random r) =>
        OnOne(
            world,
            r,
            stay =>
                world.Do(
                    new EscalateConcern(stay, One(r, Enum.GetValues<Urgency>()), "Looks " + Mark(r))
                    {
                        Key = NamedId.From("concern", $"{r.Next()}").ToString(),
                    },
                    One(r, Floor)
                )
        );

    private static void Answer(World world, Random r)
    {
        if (world.Those<Escalation>().Where(e => e.IsOpen()).ToList() is { Count: > 0 } open && One(r, open) is var one)
        {
            world.Do(
                one.IsUnacknowledged()
                    ? new AcknowledgeEscalation("Plan " + Mark(r)) { Key = one.Id.ToString() }
                    : new CloseEscalation("Well " + Mark(r)) { Key = one.Id.ToString() },
                Osei
            );
        }
    }

    private static void Task(World world, Random r) =>
        OnOne(
            world,
            r,
            stay =>
                world.Do(
                    new RaiseTask("Bring " + Mark(r), new TaskOwner(Role.Nurse), world.Now.AddMinutes(r.Next(5, 300)), stay)
                    {
                        Key = NamedId.From("task", $"{r.Next()}").ToString(),
                    },
                    One(r, Floor)
                )
        );

    private static void TaskStep(World world, Random r)
    {
        if (world.Those<CareTask>().Where(t => t.IsOpen()).ToList() is { Count: > 0 } open && One(r, open) is var one)
        {
            world.Do(
                r.Next(2) == 0
                    ? new FinishTask("Done " + Mark(r)) { Key = one.Id.ToString() }
                    : new DeferTask(world.Now.AddMinutes(r.Next(5, 200)), "Busy " + Mark(r)) { Key = one.Id.ToString() },
                Ortiz
            );
        }
    }

    private static void Contingency(World world, Random r) =>
        OnOne(
            world,
            r,
            stay =>
                world.Do(
                    new WriteContingency(
                        One(r, [ConditionKind.CheckMissed, ConditionKind.LevelChange, ConditionKind.Incident]),
                        "Then " + Mark(r)
                    )
                    {
                        Key = stay.ToString(),
                    },
                    One(r, Floor)
                )
        );

    private static void ContingencyAnswered(World world, Random r)
    {
        if (
            world.Those<Care>().SelectMany(c => c.Unanswered().Select(u => (c.Stay, u.Id))).ToList() is { Count: > 0 } fired
            && One(r, fired) is var (stay, id)
        )
        {
            world.Do(new AnswerContingency(id) { Key = stay.ToString() }, Ortiz);
        }
    }

    // Handoffs and meetings

    private static void ComesOn(World world, Random r) =>
        world.Do(r.Next(4) == 0 ? new GoOff { Key = Shift(world, r) } : new ComeOn { Key = Shift(world, r) }, One(r, Everybody));

    private static void TakesCharge(World world, Random r) => world.Do(new TakeCharge { Key = One(r, Units) }, One(r, [Ortiz, Osei]));

    private static void Assigns(World world, Random r) =>
        OnOne(
            world,
            r,
            stay =>
            {
                var (shift, who) = (Shift(world, r, world.Ward.Of<Stay>(stay.ToString()).OnUnit()), One(r, Floor));
                world.Do(new ComeOn { Key = shift }, who);
                world.Do(
                    r.Next(3) == 0
                        ? new TakePatient(shift) { Key = stay.ToString() }
                        : new AssignPatient(who.Staff.Id, shift) { Key = stay.ToString() },
                    r.Next(3) == 0 ? who : Osei
                );
            }
        );

    private static void Gives(World world, Random r) =>
        OnOne(
            world,
            r,
            stay =>
            {
                var (key, care) = (stay.ToString(), world.Ward.Of<Care>(stay.ToString()));
                var giver = Everybody.FirstOrDefault(a => a.Staff.Id == care.Holder?.Who.Id) ?? Osei;
                var (next, shift) = (One(r, Floor), Shift(world, r, world.Ward.Of<Stay>(key).OnUnit()));
                world.Do(new ComeOn { Key = shift }, next);
                world.Do(new AssignPatient(next.Staff.Id, shift) { Key = key }, Osei);
                world.Do(new JudgeSeverity((IllnessSeverity)r.Next(3)) { Key = key }, giver);
                world.Do(new WriteHandoff(HandoffSection.PatientSummary, "Know " + Mark(r)) { Key = key }, giver);
                foreach (var loop in r.Next(4) == 0 ? [] : world.Loops(stay).ToList())
                {
                    world.Do(new DeferLoop(loop.Loop, "Next shift " + Mark(r)) { Key = key }, giver);
                }

                world.Do(
                    new SubmitHandoff(
                        world.Facts.Count,
                        [.. world.Loops(stay).Select(l => l with { Reason = null, To = null, Deferred = 0 })],
                        world.Now.AddHours(-8)
                    )
                    {
                        Key = key,
                    },
                    giver
                );
            }
        );

    private static void Receives(World world, Random r)
    {
        if (world.Those<Care>().Where(c => c.Submitted is not null).ToList() is { Count: > 0 } given && One(r, given) is var care)
        {
            var (key, to) = (care.Stay.ToString(), Everybody.FirstOrDefault(a => a.Staff.Id == care.Next?.To.Id) ?? Osei);
            world.Do(new GiveReadBack("So " + Mark(r)) { Key = key }, to);
            if (r.Next(4) == 0 && world.Ward.Of<Care>(key).ReadBacks is [.., var heard])
            {
                world.Do(
                    new AnswerReadBack(heard.Id, "Not so " + Mark(r)) { Key = key },
                    Everybody.FirstOrDefault(a => a.Staff.Id == care.Holder?.Who.Id) ?? Osei
                );
            }

            world.Do(r.Next(4) == 0 ? new DeclineHandoff("Too many " + Mark(r)) { Key = key } : new AcceptHandoff { Key = key }, to);
        }
    }

    private static void TakesOver(World world, Random r) =>
        OnOne(world, r, stay => world.Do(new TakeOver("Nobody there " + Mark(r)) { Key = stay.ToString() }, Osei));

    private static void Reviews(World world, Random r) =>
        OnOne(
            world,
            r,
            stay =>
            {
                var unit = world.Ward.Of<Stay>(stay.ToString()).OnUnit()!;
                var (meeting, key) = (MeetingKey.ForDay(unit, MeetingKey.Today(world.Unit(unit), world.Now)), stay.ToString());
                world.Do(new OpenMeeting { Key = meeting }, People.Prescriber);
                world.Do(new ReviewPatient(meeting, world.Facts.Count) { Key = key }, People.Prescriber);
                world.Do(
                    new RecordDecision("Decided " + Mark(r), new TaskOwner(Role.Nurse), world.Now.AddHours(5), meeting) { Key = key },
                    People.Prescriber
                );
                if (world.Ward.Of<CaseReview>(key).Decisions is { Count: > 0 } decisions && r.Next(2) == 0)
                {
                    world.Do(new TakeBackDecision(One(r, decisions).Id, "No " + Mark(r)) { Key = key }, People.Prescriber);
                }
            }
        );

    private static string Shift(World world, Random r, string? unit = null)
    {
        var on = world.Unit(unit ?? One(r, Units));
        return ShiftKey.ForShift(on.Id, on.ShiftAt(world.Now.AddHours(r.Next(3) == 0 ? 2 : 0))!);
    }

    private static void OnOne(World world, Random r, Action<Guid> happens)
    {
        if (world.Stays.Where(s => s.IsHere()).Select(s => s.Id).ToList() is { Count: > 0 } here)
        {
            happens(One(r, here));
        }
    }

    private static DateTimeOffset Ago(World world, Random r, int minutes) => world.Now.AddSeconds(-r.Next(minutes * 60));

    private static T One<T>(Random r, IReadOnlyList<T> of) => of[r.Next(of.Count)];

    // A word that stands nowhere else: where it is told, it comes from this entry.
    private static string Mark(Random r) => $"zq{r.Next()}x";
}
