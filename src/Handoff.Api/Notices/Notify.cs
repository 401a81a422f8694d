using System.Text.Json;
using Handoff.Domain.Access;
using Handoff.Domain.Escalations;
using Handoff.Domain.Kernel;

namespace Handoff.Api.Notices;

/// <summary>That something is to be told outside of the house. It says where the event stands and nothing of what is in it.</summary>
public sealed record Notify(string Facility, string Stream, long Position);
