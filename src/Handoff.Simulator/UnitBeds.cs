using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Reflection;
using System.Text;
using System.Text.Json;

namespace Handoff.Simulator;

/// <summary>What the play reads of a unit's line in the list of units.</summary>
public sealed record UnitBeds(string Id, IReadOnlyList<string> Beds);
