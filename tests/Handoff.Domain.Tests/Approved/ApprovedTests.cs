using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Tests.Approved;

public class ApprovedTests
{
    [Fact]
    public void Stored_names_and_shapes_are_the_approved_ones() => Shapes.Stored(EventTypeRegistry.Domain).ShouldBeApproved("StoredShapes");

    [Fact]
    public void Command_routes_and_fields_are_the_approved_ones() =>
        Shapes.Routes(EventTypeRegistry.Domain).ShouldBeApproved("CommandRoutes");

    [Fact]
    public void The_usual_scope_of_practice_is_the_approved_one() => Matrix(new Facility()).ShouldBeApproved("ScopeOfPractice");

    private static string Matrix(Facility facility) =>
        string.Concat(
            Permission.All.Select(may => $"{may.Words(), -20}: {string.Join(", ", facility.Who(may).Order().Select(r => r.Words()))}\n")
        );
}
