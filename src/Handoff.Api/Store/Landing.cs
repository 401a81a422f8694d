using System.Data.Common;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using JasperFx.Events;
using Marten;
using Marten.Exceptions;
using Npgsql;

namespace Handoff.Api.Store;

/// <summary>What a batch has come to.</summary>
/// <param name="Positions">Its events', in their order.</param>
/// <param name="Reaches">The hash that the log ends on with it.</param>
internal sealed record Landing(long[] Positions, byte[] Reaches);
