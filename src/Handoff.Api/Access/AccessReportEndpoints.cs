using Handoff.Domain.Access;

namespace Handoff.Api.Access;

/// <summary>Who looked at a patient's record.</summary>
/// <param name="More">The value of <c>before</c> that asks for the next page; null on the last.</param>
public sealed record AccessReport(Guid Stay, IReadOnlyList<Looked> Looks, long? More);

internal static class AccessReportEndpoints
{
    private const int Most = 500;

    public static void MapAccessReport(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/stays/{stay:guid}/access", Report)
            .RequirePermission(Permission.Audit)
            .Produces<AccessReport>()
            .WithTags("Access")
            .WithSummary("Who looked at a stay, the latest first.");

    // Reading the report is itself a look, and is on it.
    private static async Task<AccessReport> Report(
        Guid stay,
        long? before,
        int? most,
        Caller caller,
        AccessLog log,
        CancellationToken cancel
    )
    {
        await log.Record(caller, AccessPurpose.AccessReport, null, [stay], cancel);
        var page = Math.Clamp(most ?? Most, 1, Most);
        var looks = await log.ForStay(caller.Facility, stay, before, page, cancel);
        return new(stay, looks, looks.Count == page ? looks[^1].Id : null);
    }
}
