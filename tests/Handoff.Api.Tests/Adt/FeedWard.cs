using System.Text;
using Handoff.Api.Access;
using Handoff.Api.Feeds.Adt;
using Handoff.Api.Feeds.Hl7;
using Handoff.Api.Store;
using Handoff.Api.Tests.Support;
using Handoff.Domain.Access;
using Handoff.Domain.Feeds;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;
using Npgsql;

namespace Handoff.Api.Tests.Adt;

/// <summary>
/// A facility with two units and a feed, on the real store and a database of its own. It is noon there, and stays noon until somebody moves
/// the clock.
/// </summary>
internal sealed class FeedWard : IAsyncDisposable
{
    internal const string Facility = "north";
    internal const string West = "2-west";
    internal const string East = "3-east";

    private static readonly DateTimeOffset Noon = DateTimeOffset.Parse("2024-03-10T12:00:00-04:00");

    private readonly EventStore store;
    private readonly AccessLog reads;

    private FeedWard(string database, AdtSettings settings)
    {
        store = new(database, EventTypeRegistry.Domain);
        var reader = new LogReader(store);
        States = new(store, reader);
        Log = new(store, States, Clock);
        Reader = reader;
        Held = new(store, States);
        Stays = new(store, States);
        reads = new(store.Source, Clock);
        Admissions = new(Log, States, Stays, Held, new(Log, States, settings), Clock);
        Quarantine = new(Held, Admissions, States, Log, reads);
    }

    internal StoppedClock Clock { get; } = new(Noon);

    internal Log Log { get; }

    internal LogReader Reader { get; }

    internal StateReader States { get; }

    internal StayFinder Stays { get; }

    internal HeldMessages Held { get; }

    internal Admissions Admissions { get; }

    internal Quarantine Quarantine { get; }

    internal static Actor Interface { get; } =
        new(new("feed", "Hospital feed", Role.Integration), new Facility().PermissionsOf(Role.Integration));

    internal static Caller Nurse { get; } = Caller(Role.ChargeNurse);

    internal static async Task<FeedWard> Open(string? zone = null) =>
        new(
            await (await Cluster.Shared).FromTemplate("feed", Furnish),
            new(zone is null ? null : TimeZoneInfo.FindSystemTimeZoneById(zone))
        );

    internal static Caller Caller(Role role, params string[] units) =>
        new(
            Facility,
            new(new(role.ToString(), "Somebody", role), new Facility().PermissionsOf(role), units is [] ? null : units.ToHashSet()),
            Source.Ui,
            new(Guid.CreateVersion7(), null, "tests")
        );

    /// <summary>Sets up the feed of <see cref="Tell"/>, as a manager.</summary>
    internal async Task SetUp(params Command<Feed>[] commands)
    {
        foreach (var command in (Command<Feed>[])[new KnowFeed("REG", "NORTH"), .. commands])
        {
            (
                await Log.Send(
                    Facility,
                    new(command with { Key = Feed.KeyOf("REG", "NORTH").ToString() }, Caller(Role.Manager).Actor, Guid.CreateVersion7())
                )
            ).Refusal.ShouldBeNull();
        }
    }

    internal async Task<Feed> TheFeed() => await Log.State<Feed>(Facility, Feed.KeyOf("REG", "NORTH").ToString(), default);

    /// <summary>Sends a message and returns MSA-1 of its answer, with the place and code of the fault.</summary>
    internal async Task<string> Say(string message) => Answer(await Receive(message));

    internal Task<byte[]> Receive(string message) => Receive(Encoding.UTF8.GetBytes(message));

    internal Task<byte[]> Receive(byte[] raw) => Admissions.Receive(Facility, Interface, raw, "tests", default);

    /// <summary><c>AA</c>, or such as <c>AE PV1-3 unit-unknown</c>.</summary>
    internal static string Answer(byte[] ack)
    {
        var answer = Hl7Message.Read(ack).Message!;
        var code = answer["MSA"][1].Text;
        var (err, where) = (answer["ERR"], answer["ERR"][2].First);
        return code == "AA"
            ? code
            : $"{code} {where.Component(1).Text}{(where.Component(3).IsEmpty ? "" : "-" + where.Component(3).Text)} {err[5].Text}";
    }

    internal async Task<List<Stay>> AllStays() =>
        [.. (await States.OfKind(Facility, StateKind<Stay>.Name, default)).Select(saved => (Stay)saved.State)];

    internal async Task<Stay> OnlyStay() => (await AllStays()).ShouldHaveSingleItem();

    internal async Task<List<FeedMessage>> Messages() =>
        [.. (await States.OfKind(Facility, StateKind<FeedMessage>.Name, default)).Select(saved => (FeedMessage)saved.State)];

    internal Task<IReadOnlyList<HeldMessage>> Quarantined() => Quarantine.List(Nurse, null, null, default);

    /// <summary>Who is where, as a board would show it: one line a patient.</summary>
    internal async Task<string> Census() =>
        string.Join(
            '\n',
            (await AllStays())
                .Where(stay => stay.IsHere())
                .Select(stay =>
                    $"{stay.OnUnit()} {stay.Where()!.Bed} {stay.Patient.Mrn} "
                    + $"{stay.Patient.Name()}{(stay.Leave is { } leave ? $" away since {leave.Since:HH:mm}" : "")}"
                )
                .Order(StringComparer.Ordinal)
        );

    internal async Task<List<StoredEvent>> Events()
    {
        var events = new List<StoredEvent>();
        await foreach (var logged in Reader.After(Facility, 0, 100_000, default))
        {
            events.Add(logged);
        }

        return events;
    }

    /// <summary>What was looked at of a stay, by the access log.</summary>
    internal async Task<List<string>> Looks(Guid stay) =>
        [.. (await reads.ForStay(Facility, stay, null, 10, default)).Select(look => look.What)];

    internal async Task<int> Moves() => (await Events()).Count(logged => logged.Recorded.Event is Domain.Stays.Transferred);

    /// <summary>Every saved state is what its events come to.</summary>
    internal async Task ShouldRefold()
    {
        foreach (
            var saved in (await States.OfKind(Facility, StateKind<Stay>.Name, default)).Concat(
                await States.OfKind(Facility, StateKind<FeedMessage>.Name, default)
            )
        )
        {
            var key = saved.State is Stay stay
                ? StreamId.For(StateKind<Stay>.Name, stay.Id)
                : StreamId.For(StateKind<FeedMessage>.Name, ((FeedMessage)saved.State).Id);
            var folded = EventTypeRegistry.Domain.Empty(key);
            await foreach (var logged in Reader.Stream(Facility, key, default))
            {
                folded = folded.Evolve(logged.Recorded);
            }

            EventTypeRegistry.Write(folded).ShouldBe(EventTypeRegistry.Write(saved.State));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Log.DisposeAsync();
        await reads.DisposeAsync();
        await store.DisposeAsync();
    }

    private static async Task Furnish(string database)
    {
        await Schema.Create(database, default);
        await AccessSchema.Create(database, default);
        await using var ward = new FeedWard(database, new(default(TimeZoneInfo)));
        ICommand[] furniture =
        [
            new OpenFacility("North") { Key = Domain.Units.Facility.OnlyKey },
            new OpenUnit("2 West", "America/New_York") { Key = West },
            new SetBeds(["201A", "201B", "202A", "202B"]) { Key = West },
            new OpenUnit("Cedar", "America/New_York") { Key = East },
            new SetBeds(["301", "302"]) { Key = East },
        ];
        foreach (var command in furniture)
        {
            (await ward.Log.Send(Facility, new(command, Actor.Clock, Guid.CreateVersion7(), Source.Import))).Refusal.ShouldBeNull();
        }
    }
}

/// <summary>A clock that stands until it is moved.</summary>
internal sealed class StoppedClock(DateTimeOffset at) : TimeProvider
{
    internal DateTimeOffset Now { get; set; } = at;

    public override DateTimeOffset GetUtcNow() => Now.ToUniversalTime();
}

/// <summary>
/// One message of the feed, in the words of a test. Times are of 10 March 2024 on the unit's clock; clocks had changed that night.
/// </summary>
internal sealed record Tell(string Trigger, string At)
{
    private static int last;

    internal string Control { get; init; } = $"C{Interlocked.Increment(ref last)}";

    internal string Mrn { get; init; } = "00421";

    internal string Name { get; init; } = "DOE^JANE";

    internal string Pid { get; init; } = "";

    internal string Place { get; init; } = "2-WEST^201^A";

    /// <summary>PV1-19; empty for a sender without visit numbers.</summary>
    internal string Visit { get; init; } = "V1";

    internal string Admitted { get; init; } = "";

    internal string Return { get; init; } = "";

    internal string Charset { get; init; } = "UNICODE UTF-8";

    internal string More { get; init; } = "";

    public static implicit operator string(Tell tell) => tell.ToString();

    public override string ToString() =>
        string.Join(
            '\r',
            (
                (string[])
                    [
                        $@"MSH|^~\&|REG|NORTH|HANDOFF|NORTH|20240310115900||ADT^{Trigger}|{Control}|P|2.5.1||||||{Charset}",
                        $"EVN|{Trigger}|{Clock(At)}",
                        $"PID|1||{Mrn}^^^NORTH^MR||{Name}|{Pid}",
                        Place == "none"
                            ? ""
                            : $"PV1|1|I|{Place}||||||||||||||||{Visit}{(Admitted == "" ? "" : new string('|', 25) + Clock(Admitted))}",
                        Return == "" ? "" : $"PV2|{new string('|', 46)}{Return}",
                        More,
                    ]
            ).Where(line => line.Length > 0)
        ) + '\r';

    private static string Clock(string at) => at.Length == 5 ? $"20240310{at.Replace(":", "")}00" : at;
}
