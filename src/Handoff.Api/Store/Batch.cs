using System.Data.Common;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using JasperFx.Events;
using Marten;
using Marten.Exceptions;
using Npgsql;

namespace Handoff.Api.Store;

/// <summary>One facility's batch, ready to be written.</summary>
/// <param name="Link">Where it goes on; null if that is not known yet.</param>
/// <param name="Rebuilt">How often the states had been rebuilt when those were read that were decided on.</param>
internal sealed record Batch(string Facility, IReadOnlyList<Append> Appends, DateTimeOffset Recorded, long Rebuilt, Link? Link);
