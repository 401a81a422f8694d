using System.Collections.Concurrent;
using Handoff.Api.Store;
using Handoff.Domain.Access;
using Handoff.Domain.Incidents;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Stays;
using Handoff.Domain.Tasks;
using Handoff.Domain.Units;

namespace Handoff.Api.Tests.Store;

/// <summary>
/// Random commands on a small ward: few patients, beds, tasks and incidents, so that senders are often in each other's way.
/// </summary>
public sealed class Wishes(int seed)
{
    private static readonly Guid[] Stays = [.. Enumerable.Range(0, 8).Select(i => NamedId.From("stay", $"{i}"))];
    private static readonly Guid[] Works = [.. Enumerable.Range(0, 5).Select(i => NamedId.From("work", $"{i}"))];

    private static readonly Actor Tech = new(
        new Staff("t1", "Theo Tech", Role.Technician),
        new HashSet<Permission> { Permission.RecordCheck, Permission.WorkTasks, Permission.RecordIncident },
        new HashSet<string> { "2-west" }
    );

    private readonly DateTimeOffset today = DateTimeOffset.UtcNow;

    /// <summary>What the ward begins with.</summary>
    public static IReadOnlyList<ICommand> Opening { get; } =
    [
        new OpenFacility("North") { Key = "main" },
        new OpenUnit("2 West", "America/Chicago") { Key = "2-west" },
        new SetBeds(["1", "2", "3"]) { Key = "2-west" },
        new OpenUnit("3 East", "America/Chicago") { Key = "3-east" },
        new SetBeds(["1", "2"]) { Key = "3-east" },
    ];

    public Random Random { get; } = new(seed);

    /// <param name="versions">What the sender may have seen of each stream.</param>
    public CommandEnvelope Next(ConcurrentDictionary<string, long> versions)
    {
        var command = Random.Next(20) switch
        {
            < 6 => OnStay(),
            < 11 => OnRounding(),
            < 14 => OnTask(),
            < 17 => OnIncident(),
            < 19 => OnCounter(),
            _ => OnUnit(),
        };
        var request = new byte[16];
        Random.NextBytes(request);
        long? expected = Random.Next(6) == 0 ? versions.GetValueOrDefault(command.Stream) : null;
        return new(command, Random.Next(5) == 0 ? Tech : StoreFixture.Nurse, new Guid(request), Expected: expected);
    }

    private ICommand OnStay() =>
        Random.Next(12) switch
        {
            < 5 => new Admit($"m{Random.Next(5)}", "Chen", "Luis", Unit(), Bed()) { Key = Stay() },
            5 => new Transfer(Unit(), Bed()) { Key = Stay() },
            6 => new StartLeave(Of(LeaveKind.Pass, LeaveKind.Court), null) { Key = Stay() },
            7 => new EndLeave { Key = Stay() },
            8 => new Discharge { Key = Stay() },
            9 => new CancelDischarge { Key = Stay() },
            10 => new CancelAdmission { Key = Stay() },
            _ => new PinEntry(Of(Works), Of("look", "again")) { Key = Stay() },
        };

    private ICommand OnRounding() =>
        Random.Next(8) switch
        {
            < 3 => new FollowStay { Key = Stay() },
            < 5 => new RecordCheck(Of("Day room", "Hall"), IsAsleep: false) { Key = Stay() },
            5 => new OrderLevel(Of(ObservationLevel.Q15, ObservationLevel.Q30, ObservationLevel.OneToOne), "as seen") { Key = Stay() },
            6 => new PauseObservation("procedure", today.AddHours(3)) { Key = Stay() },
            _ => new ResumeObservation { Key = Stay() },
        };

    private ICommand OnTask() =>
        Random.Next(6) switch
        {
            < 2 => new RaiseTask("Weigh", new(Role.Nurse), today.AddHours(2), Random.Next(2) == 0 ? Of(Stays) : null, "2-west")
            {
                Key = Work(),
            },
            2 => new TakeTask { Key = Work() },
            3 => new DeferTask(today.AddHours(3 + Random.Next(4)), "busy") { Key = Work() },
            4 => new ReownTask(Of(new TaskOwner(Role.Nurse), new TaskOwner(Role.Technician)), "busy") { Key = Work() },
            _ => Random.Next(3) == 0 ? new FinishTask { Key = Work() } : new MoveTask { Key = Work() },
        };

    private ICommand OnIncident() =>
        Random.Next(6) switch
        {
            < 2 => new OpenIncident(IncidentKind.Agitation, Unit(), [.. Stays.Where(_ => Random.Next(8) == 0)]) { Key = Work() },
            2 => new InvolvePatient(Of(Stays)) { Key = Work() },
            3 => new CallCode(Code.Behavioral) { Key = Work() },
            4 => new NoteIncident(Of("calmer", "louder")) { Key = Work() },
            _ => new ResolveIncident { Key = Work() },
        };

    private ICommand OnCounter() =>
        Random.Next(8) switch
        {
            0 => new Count(0) { Key = Counter() },
            1 => new CountTwice(2) { Key = Counter() },
            < 4 => new CountUnless(Counter()) { Key = Counter() },
            4 => new PutOn(Unit(), Of(Stays)) { Key = Counter() },
            5 when Random.Next(4) == 0 => new CloseCounter { Key = Counter() },
            _ => new Count(1, Stays: [Of(Stays)]) { Key = Counter() },
        };

    private ICommand OnUnit() =>
        Random.Next(3) == 0
            ? new SetPlaces(["Day room", "Hall", Of("Yard", "Porch")]) { Key = Unit() }
            : new SetBeds([.. Enumerable.Range(1, 2 + Random.Next(3)).Select(bed => $"{bed}")]) { Key = Unit() };

    private string Unit() => Of("2-west", "2-west", "3-east");

    private string? Bed() => Random.Next(4) == 0 ? null : $"{1 + Random.Next(3)}";

    private string Stay() => Of(Stays).ToString();

    private string Work() => Of(Works).ToString();

    private string Counter() => $"c{Random.Next(6)}";

    private T Of<T>(params T[] any) => any[Random.Next(any.Length)];
}
