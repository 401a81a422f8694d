using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Handoff.Domain.Kernel;
using Npgsql;

namespace Handoff.Api.Feeds.Adt;

/// <summary>Who brings a message, for which facility, and how.</summary>
internal sealed record FeedContext(string Facility, Actor Actor, Source Source, string? Device, Guid? Correlation = null);
