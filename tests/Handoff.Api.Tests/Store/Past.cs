using System.Text.Json;
using Handoff.Api.Store;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;

namespace Handoff.Api.Tests.Store;

/// <summary>What was sent, and what came of it.</summary>
/// <param name="Acknowledged">The version that its stream was known to have when it was sent.</param>
/// <param name="IsKnown">Whether it had been recorded, and that was said, before it was sent.</param>
/// <param name="At">When it was answered (UTC).</param>
public sealed record Exchange(CommandEnvelope Sent, long Acknowledged, bool IsKnown, CommandResult Answer, DateTimeOffset At);

/// <summary>
/// A log folded in memory by nothing but the domain: every state of every stream as of each event, and what would have been decided there.
/// </summary>
public sealed class Past
{
    private readonly Dictionary<string, List<SavedState>> states = [];
    private readonly Dictionary<Guid, (int Index, StoredEvent Logged)> events;
    private readonly List<StoredEvent> log;

    public Past(List<StoredEvent> log)
    {
        this.log = log;
        events = log.Select((logged, index) => (index, logged)).ToDictionary(l => l.logged.Recorded.Id, l => (l.index, l.logged));
        foreach (var logged in log)
        {
            var stream = logged.Recorded.Stream;
            states.TryAdd(stream, [new(StoreFixture.Names.Empty(stream), 0, 0)]);
            states[stream].Add(new(states[stream][^1].State.Evolve(logged.Recorded), logged.Version, logged.Position));
        }
    }

    public IReadOnlyDictionary<string, SavedState> Latest() => states.ToDictionary(s => s.Key, s => s.Value[^1]);

    public void ShouldAllBe(IEnumerable<Exchange> exchanges, Func<string, string> because)
    {
        var requests = exchanges.ToLookup(e => e.Sent.Request);
        foreach (var exchange in exchanges)
        {
            var why = because(
                $"{exchange.Sent.Command} on {exchange.Sent.Stream}, expecting {exchange.Sent.Expected}, got {exchange.Answer}, "
                    + $"request {exchange.Sent.Request}"
            );
            if (exchange.Answer is { Refusal.Code: "request-id-reused" })
            {
                events[exchange.Sent.Request].Logged.Recorded.Id.ShouldBe(exchange.Sent.Request, why);
                requests[exchange.Sent.Request]
                    .ShouldContain(
                        e => e.Answer.Events != null && e.Answer.Events.Count > 0 && !ReferenceEquals(e.Sent, exchange.Sent),
                        why
                    );
            }
            else if (exchange.Answer.Events is { Count: > 0 })
            {
                ShouldBeRecorded(exchange, why);
            }
            else
            {
                exchange.IsKnown.ShouldBeFalse(why);
                ShouldBeNo(exchange, why);
            }
        }

        // Nothing is in the log that nobody was told of, and each thing once.
        log.Select(l => l.Recorded.Id)
            .ShouldBe(exchanges.SelectMany(e => e.Answer.Events ?? []).Distinct(), ignoreOrder: true, because("events"));
    }

    /// <summary>What was recorded is what is decided on all states as they stood right before it.</summary>
    private void ShouldBeRecorded(Exchange exchange, string why)
    {
        var (sent, answer) = (exchange.Sent, exchange.Answer);
        var (index, first) = events[sent.Request];
        var written = log.Skip(index).Take(answer.Events!.Count).ToList();
        var (before, decision) = Decided(sent, index, first.Recorded.At);
        written.Select(l => l.Recorded.Id).ShouldBe(answer.Events, why);
        written.ShouldAllBe(
            l => l.Recorded.Stream == sent.Stream && l.Recorded.By == sent.By.Staff && l.Recorded.Envelope.Correlation == sent.Request,
            why
        );
        (answer.Stream, answer.Version, answer.Position, answer.Refusal).ShouldBe(
            (sent.Stream, written[^1].Version, written[^1].Position, null),
            why
        );
        before.Version.ShouldBe(written[0].Version - 1, why);
        decision.Refusal.ShouldBeNull(why);
        decision.Events.Select(Said).ShouldBe(written.Select(l => Said(l.Recorded.Event)), why);
        var after = states[sent.Stream][(int)answer.Version].State;
        var (unit, own) = (before.State.OnUnit() ?? after.OnUnit(), after.OfStay() is { } stay && stay != Guid.Empty ? new[] { stay } : []);
        written.ShouldAllBe(
            l => l.Recorded.Envelope.Unit == unit && l.Recorded.Event.About().Concat(own).ToHashSet().SetEquals(l.Recorded.Envelope.Stays!),
            why
        );
    }

    /// <summary>
    /// A no, or nothing to do, is decided on a state no older than what had been acknowledged, and on the others as they stood while that
    /// state did.
    /// </summary>
    private void ShouldBeNo(Exchange exchange, string why)
    {
        var (sent, answer) = (exchange.Sent, exchange.Answer);
        answer.Version.ShouldBeGreaterThanOrEqualTo(exchange.Acknowledged, why);
        var stands = Of(sent.Stream, int.MaxValue, answer.Version);
        answer.Position.ShouldBe(stands.Position, why);
        var until =
            states.TryGetValue(sent.Stream, out var all) && answer.Version + 1 < all.Count
                ? IndexAt(all[(int)answer.Version + 1].Position)
                : log.Count;
        var from = stands.Version == 0 ? 0 : IndexAt(stands.Position) + 1;

        // A node whose clock is behind decides at the time of the last event that it knows.
        Enumerable
            .Range(from, until - from + 1)
            .SelectMany(index =>
                new[] { exchange.At, index > 0 ? log[index - 1].Recorded.At : exchange.At }.Select(now =>
                    Decided(sent, index, now).Decision
                )
            )
            .ShouldContain(d => d.Events.Count == 0 && Equals(d.Refusal, answer.Refusal), why);
    }

    /// <summary>What the domain says when the log holds so many events.</summary>
    private (SavedState Before, Decision Decision) Decided(CommandEnvelope sent, int count, DateTimeOffset now)
    {
        var before = Of(sent.Stream, count);
        var facts = new Dictionary<string, State>();
        while (sent.Command.Reads(before.State, new(facts)).Where(s => !facts.ContainsKey(s)).Distinct().ToList() is { Count: > 0 } missing)
        {
            missing.ForEach(stream => facts[stream] = Fact(stream, count));
        }

        return (
            before,
            Guard(sent, before) is { } no ? no : sent.Command.Decide(before.State, new(sent.By, now, sent.Request, new(facts)))
        );
    }

    private static Refusal? Guard(CommandEnvelope sent, SavedState before) =>
        sent switch
        {
            _ when !sent.By.May(sent.Command.Permission) => Refusal.NotPermitted("not-permitted", "Your role does not include this here."),
            _ when before.State.OnUnit() is { } unit && !sent.By.WorksOn(unit) => Refusal.NotPermitted(
                "unit-not-yours",
                "You are not assigned to that unit."
            ),
            { Expected: { } expected } when expected != before.Version => new Refusal(
                "moved-meanwhile",
                "Somebody else recorded something here meanwhile. Look again, then repeat it if it still holds.",
                null,
                RefusalKind.Conflict
            ),
            _ => null,
        };

    private State Fact(string stream, int count) =>
        !StreamId.Is(stream, StateKind<Census>.Name)
            ? Of(stream, count).State
            : new Census
            {
                Stays =
                [
                    .. states
                        .Keys.Where(s => StreamId.Is(s, StateKind<Stay>.Name))
                        .Select(s => (Stay)Of(s, count).State)
                        .Where(s => Census.Holds(StreamId.Key(stream), s)),
                ],
            };

    private SavedState Of(string stream, int count, long version = long.MaxValue)
    {
        var until = count < log.Count ? log[Math.Max(0, count)].Position : long.MaxValue;
        return states.TryGetValue(stream, out var all)
            ? all.Last(s => s.Version == 0 || (s.Position < until && s.Version <= version))
            : new(StoreFixture.Names.Empty(stream), 0, 0);
    }

    private int IndexAt(long position) => log.FindIndex(l => l.Position == position);

    private static string Said(Event happened) =>
        $"{happened.GetType().Name} {JsonSerializer.Serialize(happened, happened.GetType(), EventTypeRegistry.Json)}";
}
