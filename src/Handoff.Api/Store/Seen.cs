using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Api.Store;

/// <summary>What a decision looked at besides its own state: streams at their versions, and who is on a unit as of a position.</summary>
internal sealed class Seen
{
    public Dictionary<string, State> States { get; } = [];

    public Dictionary<string, long> Streams { get; } = [];

    public Dictionary<string, long> Units { get; } = [];

    public void Add(string stream, SavedState saved)
    {
        States[stream] = saved.State;
        if (StateReader.IsGathered(stream) && !StateReader.IsCensus(stream))
        {
            return; // It is of the stream that is appended to, whose version is checked.
        }

        if (StateReader.IsCensus(stream))
        {
            Units[StreamId.Key(stream)] = saved.Position;
        }
        else
        {
            Streams[stream] = saved.Version;
        }
    }
}
