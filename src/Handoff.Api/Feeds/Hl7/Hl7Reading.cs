using System.Buffers;
using System.Text;

namespace Handoff.Api.Feeds.Hl7;

/// <summary>A message, or the fault that keeps it from being one. The header is as much as could be read, for the answer.</summary>
public sealed record Hl7Reading(Hl7Header Header, Hl7Message? Message, Hl7Fault? Fault);
