using System.Text.Json.Serialization;
using Handoff.Domain.Access;

namespace Handoff.Domain.Kernel;

/// <summary>A wish to record something on one stream.</summary>
public interface ICommand
{
    /// <summary>The noun's own id, from the route.</summary>
    string Key { get; }

    string Stream { get; }

    /// <summary>What the caller must be allowed to do before the command is even decided.</summary>
    Permission Permission { get; }

    /// <summary>
    /// The other streams whose states the decision looks at. Asked again when those are loaded, until it names nothing new.
    /// </summary>
    IEnumerable<string> Reads(State state, LoadedStates facts);

    Decision Decide(State state, DecisionContext now);
}
