using Handoff.Api.Store;
using Handoff.Domain.Kernel;

namespace Handoff.Api;

/// <summary>How a refusal is said over HTTP: problem+json with a stable code, the field, and words.</summary>
public static class Answers
{
    public static int Status(this Refusal refusal) =>
        refusal.Kind switch
        {
            RefusalKind.Invalid => StatusCodes.Status400BadRequest,
            RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
            RefusalKind.NotFound => StatusCodes.Status404NotFound,
            RefusalKind.Conflict => StatusCodes.Status409Conflict,
            _ => StatusCodes.Status422UnprocessableEntity,
        };

    public static IResult Problem(this Refusal refusal) => Problem(refusal.Status(), refusal.Code, refusal.Says, refusal.Field);

    /// <param name="code">Stable, kebab-case.</param>
    public static IResult Problem(int status, string code, string says, string? field = null) =>
        Results.Problem(
            title: says,
            statusCode: status,
            type: "urn:handoff:" + code,
            extensions: new Dictionary<string, object?> { ["code"] = code, ["field"] = field }
        );

    /// <summary>A write's answer: the stream's version and the log position, or the refusal.</summary>
    public static IResult Result(this CommandResult answer) =>
        answer.Refusal?.Problem() ?? Results.Ok(new Written(answer.Stream, answer.Version, answer.Position, answer.Events ?? []));
}

/// <summary>What a write answers with.</summary>
/// <param name="Version">The stream's version after it.</param>
/// <param name="Position">The position in the facility's log up to which the write is contained.</param>
/// <param name="Events">The ids of what was recorded; none if it was so already.</param>
public sealed record Written(string Stream, long Version, long Position, IReadOnlyList<Guid> Events);
