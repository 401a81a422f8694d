using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Tests.Access;

public class ScopeOfPracticeTests
{
    [Fact]
    public void Every_permission_has_its_roles() => ScopeOfPractice.Usual.Keys.Order().ShouldBe(Enum.GetValues<Permission>());

    [Fact]
    public void A_display_sees_no_names() =>
        ScopeOfPractice.Usual.Where(p => p.Value.Contains(Role.Display)).Select(p => p.Key).ShouldBe([Permission.ReadWall]);

    [Fact]
    public void An_auditor_changes_nothing() =>
        ScopeOfPractice
            .Usual.Where(p => p.Value.Contains(Role.Auditor))
            .Select(p => p.Key)
            .ShouldBe([Permission.ReadBoard, Permission.ReadWall, Permission.ReadStay, Permission.Audit]);

    [Fact]
    public void The_clock_may_do_what_the_service_must() => Enum.GetValues<Permission>().ShouldAllBe(p => Actor.Clock.May(p));

    [Fact]
    public void Somebody_without_a_list_of_units_works_on_all_of_them()
    {
        People.Nurse.WorksOn("2-west").ShouldBeTrue();
        (People.Nurse with { Units = new HashSet<string> { "2-east" } }).WorksOn("2-west").ShouldBeFalse();
    }

    [Fact]
    public void Roles_and_permissions_read_as_words()
    {
        Role.ChargeNurse.Words().ShouldBe("Charge nurse");
        Permission.ReadBoard.Words().ShouldBe("read board");
    }
}
