using System.Data;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Handoff.Domain.Access;
using Npgsql;
using NpgsqlTypes;

namespace Handoff.Api.Access;

/// <summary>One line of the access log.</summary>
public sealed record Looked(
    long Id,
    DateTimeOffset At,
    string UserId,
    string UserName,
    string Role,
    string? Unit,
    string What,
    Guid Correlation,
    string? Address,
    string? Device
);
