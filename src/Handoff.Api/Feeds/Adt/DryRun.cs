using Handoff.Api.Access;
using Handoff.Api.Feeds.Hl7;
using Handoff.Api.Store;
using Handoff.Domain.Access;
using Handoff.Domain.Feeds;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;

namespace Handoff.Api.Feeds.Adt;

/// <summary>Shows what a pasted message would do. Nothing is recorded but that somebody looked.</summary>
public sealed class DryRun(Admissions admissions, FeedSettings feeds, StateReader states, AccessLog reads, TimeProvider clock)
{
    public const int MostMessages = 100;

    private static readonly Actor Sender = new(
        new("dry-run", "Hospital feed", Role.Feed),
        new HashSet<Permission> { Permission.SendFeed, Permission.MovePatients }
    );

    /// <param name="text">One message, or a batch; any line ends.</param>
    /// <param name="time">The clock in which entries are told.</param>
    public async Task<IReadOnlyList<TriedMessage>> Try(Caller caller, string text, UnitTime time, CancellationToken cancel)
    {
        var raw = ReceivedMessage.Bytes(text);
        var tried = new List<TriedMessage>();
        foreach (var message in (Hl7Batch.Read(raw)?.Messages ?? [raw]).Take(MostMessages))
        {
            tried.Add(await Try(caller, ReceivedMessage.Read(message), time, cancel));
        }

        return tried;
    }

    private async Task<TriedMessage> Try(Caller caller, ReceivedMessage arrival, UnitTime time, CancellationToken cancel)
    {
        var feed = await feeds.ForMessage(caller.Facility, arrival, cancel);
        var understood = await admissions.Understand(caller.Facility, arrival, feed, isAgain: false, cancel);
        await reads.Record(caller, AccessPurpose.FeedMessage, null, [.. understood.Plan?.Visits ?? []], cancel);
        var (says, fault) = understood.Settled is null
            ? await Decide(caller.Facility, understood.Plan!.Steps, time, cancel)
            : ([], understood.Settled.Faults is [var first, ..] ? first : null);
        return new(
            arrival.Sender,
            arrival.Trigger,
            arrival.ControlId,
            [.. (understood.Said?.Subjects ?? []).Select(Words)],
            arrival.Reading.Message is { } message && AdtEvent.CodeOf(message) is { } code ? feed.ActionOf(code) : null,
            says,
            understood.Settled?.Why,
            fault?.AsHeld(),
            [.. (understood.Said?.Doubts ?? []).Select(doubt => doubt.Text)]
        );
    }

    // Each step on what the step before it came to, as the log would do it.
    private async Task<(IReadOnlyList<string> Says, Hl7Fault? Fault)> Decide(
        string facility,
        IReadOnlyList<AdtStep> steps,
        UnitTime time,
        CancellationToken cancel
    )
    {
        var (known, says, now) = (new Dictionary<string, State>(), new List<string>(), clock.GetUtcNow());
        foreach (var step in steps)
        {
            ICommand command = step.Command;
            var decision = command.Decide(
                await Gather(facility, command, known, cancel),
                new(Sender, now, Guid.CreateVersion7(), new(known))
            );
            if (decision.Refusal is { } refusal)
            {
                return ([], AdtFaults.FromRefusal(refusal, step));
            }

            foreach (var happened in decision.Events)
            {
                says.Add(happened.Sentence(time));
                known[command.Stream] = known[command.Stream]
                    .Evolve(new(Guid.CreateVersion7(), command.Stream, now, new(Sender.Staff, Source.Interface, Guid.Empty), happened));
            }
        }

        return (says, null);
    }

    private async Task<State> Gather(string facility, ICommand command, Dictionary<string, State> known, CancellationToken cancel)
    {
        for (
            List<string> missing = [command.Stream];
            missing.Count > 0;
            missing = [.. command.Reads(known[command.Stream], new(known)).Where(stream => !known.ContainsKey(stream)).Distinct()]
        )
        {
            foreach (var (stream, saved) in await states.Load(facility, [.. missing.Where(stream => !known.ContainsKey(stream))], cancel))
            {
                known[stream] = saved.State;
            }
        }

        return known[command.Stream];
    }

    private static string Words(AdtSubject subject) =>
        string.Join(", ", new[] { subject.Patient.Family, subject.Patient.Given }.Where(name => !string.IsNullOrEmpty(name)))
        + $" · {subject.Patient.Mrn}{(subject.Visit?.Number is { Length: > 0 } visit ? $" · visit {visit}" : "")}";
}
