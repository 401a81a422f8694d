using Handoff.Api.Stays;
using Handoff.Api.Store;
using Handoff.Domain.Kernel;
using Handoff.Domain.Notes;

namespace Handoff.Api.Notes;

/// <summary>Reads a patient's notes, each on a stream of its own.</summary>
public sealed class NoteReader(WorkReader work, StatesAt then)
{
    /// <summary>In no order; with an instant, as they stood then.</summary>
    public async Task<List<Note>> ForStay(string facility, Guid stay, DateTimeOffset? at, CancellationToken cancel)
    {
        var streams = (await work.Streams(facility, [stay], cancel)).Where(s => StreamId.Is(s, StateKind<Note>.Name)).ToList();
        return [.. (await then.Load(facility, streams, at, cancel)).Values.Select(s => (Note)s.State).Where(note => note.IsKnown())];
    }
}
