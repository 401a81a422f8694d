using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Handoff.Domain.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Handoff.Api.Access;

/// <summary>A machine's key as it is listed: its beginning, never the whole.</summary>
/// <param name="Feed">The feed that it was made for; null for any other machine, and for a key that was made on the command line.</param>
/// <param name="LastUsed">To about a minute; null if it was not used since that is kept.</param>
public sealed record ApiKey(
    Guid Id,
    string Name,
    Role Role,
    string Prefix,
    DateTimeOffset Created,
    DateTimeOffset? Revoked,
    Guid? Feed = null,
    string? MadeBy = null,
    string? RevokedBy = null,
    DateTimeOffset? LastUsed = null
);
