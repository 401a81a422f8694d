using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Api.Access;

/// <summary>Who works here, as JSON: commands name people by these ids.</summary>
internal static class StaffEndpoints
{
    public static void MapStaff(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/staff").WithTags("Access").RequirePermission(Permission.ReadBoard);
        api.MapGet("", All).WithName("ReadStaff").Produces<IReadOnlyList<StaffMember>>();
        api.MapGet("/{person}", One).WithName("ReadStaffMember").Produces<StaffMember>().ProducesProblem(StatusCodes.Status404NotFound);
    }

    /// <summary>Everybody who works here, by name, with the units that they are kept to.</summary>
    private static async Task<IResult> All(Caller caller, StaffReader staff, CancellationToken cancel) =>
        Results.Ok(await staff.ForFacility(caller.Facility, cancel));

    /// <summary>One of those who work here.</summary>
    private static async Task<IResult> One(string person, Caller caller, StaffReader staff, CancellationToken cancel) =>
        (await staff.ForFacility(caller.Facility, cancel)).Find(one => one.Who.Id == person) is { } found
            ? Results.Ok(found)
            : Refusal.NotFound("person-unknown", "Nobody of that id works here.", "person").Problem();
}
