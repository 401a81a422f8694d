using System.Data.Common;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using JasperFx.Events;
using Marten;
using Marten.Exceptions;
using Npgsql;

namespace Handoff.Api.Store;

/// <summary>The log objected to a batch: nothing of it was written, and <see cref="Appender.Ask"/> says why.</summary>
internal sealed class ObjectedException(Exception inner) : Exception("The log objected.", inner);
