using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Handoff.Api.Feeds.Hl7;
using Npgsql;

namespace Handoff.Api.Feeds.Adt;

/// <summary>What a message comes to: settled already, or a plan.</summary>
/// <param name="SentAt">MSH-7.</param>
internal sealed record Understood(Outcome? Settled, AdtPlan? Plan = null, AdtEvent? Said = null, Hl7Time? SentAt = null);
