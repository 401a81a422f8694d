using System.Data.Common;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using JasperFx.Events;
using Marten;
using Marten.Exceptions;
using Npgsql;

namespace Handoff.Api.Store;

/// <summary>
/// Why a batch was not taken, for one of its streams, counted from 1: it has <c>moved</c>, or what its decision looked at has, or an event
/// id of it
/// is <c>known</c>. Stream 0: the clock is <c>behind</c>, the states were <c>rebuilt</c>, or the log goes on <c>elsewhere</c>.
/// </summary>
internal readonly record struct Objection(int Stream, string Says, DateTimeOffset? At, long? Rebuilt);
