using Handoff.Api.Access;
using Handoff.Api.Store;
using Handoff.Domain.Access;
using Handoff.Domain.Feeds;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;
using Handoff.Web.Feeds;

namespace Handoff.Api.Feeds;

/// <summary>
/// The keys with which feeds send. A key's hash, and whether it stands, are kept where all keys are; who made and who revoked it stands in
/// the facility's log as well,
/// which nobody can change afterwards. The log is written first: cut off in between, a key that was never shown does not stand, and one
/// that was to be revoked is revoked again.
/// </summary>
public sealed class FeedKeys(Log log, ApiKeys keys)
{
    /// <summary>All that the facility ever had, the newest first; those that stand before the others.</summary>
    public async Task<IReadOnlyList<FeedKey>> All(string facility, CancellationToken cancel) =>
        [
            .. (await keys.ForFacility(facility, cancel))
                .Where(key => key.Role == Role.Feed)
                .OrderBy(key => key.Revoked is not null)
                .Select(key => new FeedKey(
                    key.Id,
                    key.Name,
                    key.Feed,
                    key.Prefix,
                    key.Created,
                    key.MadeBy,
                    key.LastUsed,
                    key.Revoked,
                    key.RevokedBy
                )),
        ];

    public async Task<FeedKey?> One(string facility, Guid id, CancellationToken cancel) =>
        (await All(facility, cancel)).FirstOrDefault(key => key.Id == id);

    /// <summary>Makes a key. The same request again makes no other, and does not show the first one again.</summary>
    public async Task<(CommandResult Answer, MadeKey? Made)> Make(
        Caller caller,
        Guid request,
        Guid feed,
        string? name,
        CancellationToken cancel
    )
    {
        var id = NamedId.From("feed-key", request.ToString());
        var standing = (await All(caller.Facility, cancel))
            .Where(key => key.RevokedAt is null && key.Id != id)
            .Select(key => key.Name)
            .ToList();
        var answer = await Send(caller, request, new MakeFeedKey(id, feed, name, standing));
        return answer.Refusal is not null
            ? (answer, null)
            : (
                answer,
                new(id, Text.Line(name)!, await keys.MakeForFeed(caller.Facility, id, feed, Text.Line(name)!, caller.Staff.Name, cancel))
            );
    }

    /// <summary>Revokes a key; null if the facility has no such key, and one that is revoked stays so.</summary>
    public async Task<CommandResult?> Revoke(Caller caller, Guid request, Guid id, string? reason, CancellationToken cancel)
    {
        if (await One(caller.Facility, id, cancel) is not { } key)
        {
            return null;
        }

        if (key.RevokedAt is not null)
        {
            return new(Facility.OnlyKey, 0, 0);
        }

        var answer = await Send(caller, request, new RevokeFeedKey(id, key.Name, reason));
        if (answer.Refusal is null)
        {
            await keys.Revoke(caller.Facility, id, cancel, caller.Staff.Name);
        }

        return answer;
    }

    private Task<CommandResult> Send(Caller caller, Guid request, Command<Facility> command) =>
        log.Send(
            caller.Facility,
            new(command with { Key = Facility.OnlyKey }, caller.Actor, request, caller.Source, caller.Origin.Device, caller.Correlation)
        );
}
