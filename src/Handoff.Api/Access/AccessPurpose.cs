using System.Data;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Handoff.Domain.Kernel;
using Npgsql;
using NpgsqlTypes;

namespace Handoff.Api.Access;

/// <summary>What somebody looked at, or did at the door. Stored in kebab case, for ever.</summary>
public enum AccessPurpose
{
    Board,
    Wall,
    Rounds,
    Stay,
    AsOf,
    Timeline,
    Handoff,
    FeedMessage,
    Export,
    AccessReport,
    Incident,
    Tasks,
    Concern,
    Notes,
    Group,
    Mine,
    Meeting,
    SignIn,
    SignInRefused,
    SignOut,
}
